import type { BusClient } from '../bus/bus-client.ts';
import { clockOf } from '../bus/bus-clock.ts';
import { CommandError } from '../errors.ts';
import { pause } from '../stoppable.ts';
import type {
  Inventory,
  ListedApiDestination,
  ListedArchive,
  ListedConnection,
  ListedEventBus,
  ListedRule,
  WireTarget,
} from './inventory.ts';

const AT_ONCE = 8;
const ATTEMPTS = 6;
const FIRST_PAUSE_MS = 200;

/**
 * Reads what is configured through the EventBridge API, of one event bus or all. What the caller may not see, and what
 * the server doesn't have, is named in `notLookedAt`. Throws a CommandError when nothing answers.
 */
export async function readInventory(
  bus: BusClient,
  {
    busName,
    onProgress,
  }: { readonly busName: string | undefined; readonly onProgress: (rules: number) => void },
): Promise<Inventory> {
  const reader = new InventoryReader(bus, onProgress);
  const { now } = await clockOf(bus);
  const eventBuses = await reader.list<ListedEventBus>('ListEventBuses', 'EventBuses');
  const wanted = busName === undefined ? eventBuses : eventBuses.filter(({ Name }) => Name === busName);
  const perBus = await inTurn(wanted, ({ Name }) => reader.rulesOf(Name));
  const archives = await reader.list<ListedArchive>('ListArchives', 'Archives');
  const ofBus = archives.filter(
    ({ EventSourceArn }) => busName === undefined || EventSourceArn.endsWith(`:event-bus/${busName}`),
  );
  return {
    now,
    eventBuses,
    rules: perBus.flat(),
    archives: await inTurn(ofBus, (archive) => reader.archive(archive)),
    connections: await reader.list<ListedConnection>('ListConnections', 'Connections'),
    apiDestinations: await reader.list<ListedApiDestination>('ListApiDestinations', 'ApiDestinations'),
    notLookedAt: reader.notLookedAt,
  };
}

class InventoryReader {
  readonly #bus: BusClient;
  readonly #onProgress: (rules: number) => void;
  readonly #refusals = new Map<string, string>();
  #rules = 0;

  constructor(bus: BusClient, onProgress: (rules: number) => void) {
    this.#bus = bus;
    this.#onProgress = onProgress;
  }

  get notLookedAt(): readonly string[] {
    return [...this.#refusals].map(([operation, message]) => `${operation}: ${message}`);
  }

  async list<Item>(operation: string, member: string, input: object = {}): Promise<readonly Item[]> {
    return (await this.#allowed(operation, () => this.#bus.list<Item>(operation, member, input))) ?? [];
  }

  async rulesOf(EventBusName: string): Promise<readonly ListedRule[]> {
    const rules = await this.list<ListedRule>('ListRules', 'Rules', { EventBusName });
    return inTurn(rules, async (rule) => {
      const input = { Rule: rule.Name, EventBusName };
      const targets = await this.list<WireTarget>('ListTargetsByRule', 'Targets', input);
      this.#rules += 1;
      this.#onProgress(this.#rules);
      return { ...rule, EventBusName, targets };
    });
  }

  /** With its pattern, which lists leave out. */
  async archive(listed: ListedArchive): Promise<ListedArchive> {
    const { ArchiveName } = listed;
    const answer = await this.#allowed('DescribeArchive', () =>
      this.#bus.ask<ListedArchive>('DescribeArchive', { ArchiveName }),
    );
    return answer ?? listed;
  }

  async #allowed<Answer>(operation: string, ask: () => Promise<Answer>): Promise<Answer | undefined> {
    try {
      return await patiently(ask);
    } catch (error) {
      const isRefused = error instanceof CommandError && error.exitCode === 254;
      // Without credentials that count, nothing can be looked at.
      if (
        !isRefused ||
        /InvalidClientTokenId|UnrecognizedClient|InvalidSignature|ExpiredToken/.test(error.code)
      ) {
        throw error;
      }
      this.#refusals.set(operation, error.message);
      return undefined;
    }
  }
}

// AWS allows a few dozen of these calls a second.
async function patiently<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      const isThrottled = error instanceof CommandError && /Throttl|TooManyRequests/.test(error.code);
      if (!isThrottled || attempt === ATTEMPTS) throw error;
      await pause(FIRST_PAUSE_MS * 2 ** attempt, new AbortController().signal);
    }
  }
}

/** Does something for each item, a few at the same time; answers the results in the items' order. */
export async function inTurn<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
  atOnce: number = AT_ONCE,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next;
      next += 1;
      results[index] = await work(items[index] as Item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  return results;
}
