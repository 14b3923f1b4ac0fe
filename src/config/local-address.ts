// Apart from the table of settings, for a command that only calls the bus needs no more of it than this.

/** Where `busbar start` listens when it is told nothing else, and where a command looks for it. */
export const port = { env: 'BUSBAR_PORT', default: '4010' } as const;

/** The region of requests that name none. */
export const region = { env: 'BUSBAR_REGION', default: 'us-east-1' } as const;
