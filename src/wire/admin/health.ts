import { type AdminRoute, json } from './admin-route.ts';
import { isoTime } from './event-story.ts';

const UNAVAILABLE = 503;

/** Whether the bus answers and can keep events, and how much it still owes. Everybody may ask. */
export const health: AdminRoute = {
  method: 'GET',
  path: '/_busbar/health',
  action: undefined,
  async answer(_request, { countDeliveries, storeTrouble }) {
    const trouble = await storeTrouble();
    if (trouble === undefined) return json({ status: 'ok', deliveries: await countDeliveries() });
    // A store that is damaged may not even know how much it owes.
    const deliveries = await countDeliveries().catch(() => undefined);
    const store = { ...trouble, since: isoTime(trouble.since) };
    return json({ status: 'failing', store, deliveries }, UNAVAILABLE);
  },
};
