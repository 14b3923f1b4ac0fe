import { type AdminRoute, json } from './admin-route.ts';

/** Whether the bus answers, and how much it still owes. Everybody may ask. */
export const health: AdminRoute = {
  method: 'GET',
  path: '/_busbar/health',
  action: undefined,
  answer: async (_request, { countDeliveries }) =>
    json({ status: 'ok', deliveries: await countDeliveries() }),
};
