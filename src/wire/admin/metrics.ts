import type { AdminRoute } from './admin-route.ts';

/** Figures for Prometheus: of the whole bus, all accounts together. */
export const metrics: AdminRoute = {
  method: 'GET',
  path: '/_busbar/metrics',
  action: 'GetMetrics',
  answer: async (_request, { metricsText, countDeliveries, storeTrouble }) => {
    const storeFails = (await storeTrouble()) !== undefined;
    return {
      kind: 'text',
      type: 'text/plain; version=0.0.4; charset=utf-8',
      text: metricsText({ ...(await countDeliveries()), storeFails }),
    };
  },
};
