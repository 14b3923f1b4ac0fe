import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'node:test';
import type { OwedEvent } from '../src/domain/delivery.ts';
import type { Store } from '../src/store/store.ts';
import { archiveDurabilityTests, archiveModelTests, archiveTests } from './store-suite-archive.ts';
import { configurationTests } from './store-suite-configuration.ts';
import { deliveryTests } from './store-suite-delivery.ts';
import { durabilityTests } from './store-suite-durability.ts';
import { modelTests } from './store-suite-model.ts';
import { queueTests } from './store-suite-queues.ts';
import { textTests } from './store-suite-text.ts';

/** A store to be tested. */
export interface StoreUnderTest {
  /** Opens the store that keeps its things in this folder, which exists. */
  readonly open: (folder: string) => Promise<Store>;
  /** Whether what was kept is there after `close` and another `open` of the same folder. */
  readonly durable: boolean;
}

/** Opens a store in a folder of its own, hands it to the test, and cleans up. */
export type WithStore = (test: (store: Store) => Promise<void>) => Promise<void>;

/** Every promise that `src/store/store.ts` makes, as tests: each store passes the same ones. */
export function storeSuite(name: string, store: StoreUnderTest): void {
  const withStore: WithStore = (test) =>
    withFolder(async (folder) => {
      const opened = await store.open(folder);
      try {
        await test(opened);
      } finally {
        await opened.close();
      }
    });
  describe(name, () => {
    describe('configuration', () => configurationTests(withStore));
    describe('deliveries', () => deliveryTests(withStore));
    describe('archives', () => archiveTests(withStore));
    describe('queues', () => queueTests(withStore));
    describe('text', () => textTests(withStore));
    describe('durability', () => {
      durabilityTests(store);
      archiveDurabilityTests(store);
    });
    describe('against a model', () => {
      modelTests(store);
      archiveModelTests(withStore);
    });
  });
}

/** A folder of its own for a test, gone afterwards. */
export async function withFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'busbar-store-'));
  try {
    await test(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** An event named `id`, received at `receivedAt`, that owes a delivery to each target. */
export function owedEvent(id: string, receivedAt: number, targetIds: readonly string[] = ['t']): OwedEvent {
  return {
    event: {
      id,
      busArn: 'arn:aws:events:eu-central-1:000000000000:event-bus/orders',
      receivedAt,
      envelope: `{"id":"${id}"}`,
    },
    deliveries: targetIds.map((targetId) => ({
      owner: 'arn:aws:events:eu-central-1:000000000000:rule/orders/all',
      targetId,
    })),
  };
}

/** Leases everything that is due at `now`, until `until`; which event and target, as `event/target`. */
export async function leaseNames(
  store: Store,
  request: { readonly max?: number; readonly now: number; readonly until?: number },
): Promise<readonly string[]> {
  const { max = 1_000, now, until = now + 1_000 } = request;
  const leased = await store.lease({ max, now, until });
  return leased.map(({ event, targetId }) => `${event.id}/${targetId}`);
}
