/** What the bus says of its deliveries once nothing is owed and no attempt is under way. */
export interface Settled {
  /** Given up, without a dead-letter queue that took them. */
  readonly failed: number;
}

/** Resolves when every delivery has come to its end; the test's own timeout bounds it. */
export async function untilSettled(url: string): Promise<Settled> {
  for (;;) {
    const response = await fetch(new URL('/_busbar/health', url));
    const { deliveries } = (await response.json()) as {
      deliveries: { owed: number; underWay: number; failed: number };
    };
    if (deliveries.underWay === 0 && deliveries.owed === 0) return { failed: deliveries.failed };
    await new Promise((resolve) => setImmediate(resolve));
  }
}
