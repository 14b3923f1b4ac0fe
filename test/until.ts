import type { TestBus } from './running-bus.ts';

/** Resolves when `look` answers true; the test's own timeout bounds it. */
export async function until(look: () => Promise<boolean>): Promise<void> {
  while (!(await look())) await new Promise((resolve) => setImmediate(resolve));
}

/** Resolves when no attempt is under way any more and that many deliveries are owed. */
export async function untilOwed(bus: TestBus, owed: number): Promise<void> {
  await until(async () => {
    const { deliveries } = await health(bus);
    return deliveries.underWay === 0 && deliveries.owed === owed;
  });
}

/** What the bus says of itself. */
export async function health(
  bus: TestBus,
): Promise<{ deliveries: { owed: number; failed: number; underWay: number } }> {
  const response = await fetch(new URL('/_busbar/health', bus.url));
  return (await response.json()) as { deliveries: { owed: number; failed: number; underWay: number } };
}
