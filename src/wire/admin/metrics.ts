import type { AdminRoute } from './admin-route.ts';

/** Figures for Prometheus. */
export const metrics: AdminRoute = {
  method: 'GET',
  path: '/_busbar/metrics',
  action: 'GetMetrics',
  answer: async (_request, { metricsText, countDeliveries }) => ({
    kind: 'text',
    type: 'text/plain; version=0.0.4; charset=utf-8',
    text: metricsText(await countDeliveries()),
  }),
};
