import { CommandError } from '../errors.ts';
import { pause } from '../stoppable.ts';
import type { BusClient } from './bus-client.ts';
import { type ServerSentEvent, serverSentEvents } from './server-sent-events.ts';

/** What is followed: the parameters of `GET /_busbar/tail`. */
export interface Following {
  readonly bus: string | undefined;
  readonly pattern: string | undefined;
  readonly since: string | undefined;
  readonly deliveries: boolean;
}

export interface FollowOptions {
  /** Ends the stream. */
  readonly stop: AbortSignal;
  /** The bus listens now; `isAgain` after a connection that broke. */
  readonly onConnect?: (isAgain: boolean) => void;
  /** The connection broke, and another one is tried until there is one. */
  readonly onBreak?: () => void;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;

/**
 * The live events of a bus, until `stop` is aborted. When the connection breaks it goes on behind the last event that
 * came, so that nothing is missing as far as the bus remembers. Throws a CommandError when the first connection can't
 * be made, and when the bus refuses.
 */
export async function* follow(
  bus: BusClient,
  { bus: name, pattern, since, deliveries }: Following,
  { stop, onConnect, onBreak }: FollowOptions,
): AsyncGenerator<ServerSentEvent, void> {
  // A connection that breaks before the first event came has no id to go on behind.
  let from = since;
  const started = new Date().toISOString();
  let lastId = '';
  let wait = FIRST_PAUSE_MS;
  let isConnected = false;
  for (let isAgain = false; !stop.aborted; isAgain = true) {
    try {
      const stream = await bus.stream('/_busbar/tail', {
        query: { bus: name, pattern, since: from, deliveries: deliveries ? 'true' : undefined },
        headers: lastId === '' ? {} : { 'last-event-id': lastId },
        signal: stop,
      });
      onConnect?.(isAgain);
      isConnected = true;
      from ??= started;
      for await (const event of serverSentEvents(stream)) {
        lastId = event.id;
        wait = FIRST_PAUSE_MS;
        if (event.type !== 'end') yield event;
      }
    } catch (error) {
      if (stop.aborted) return;
      if (!isAgain && from === since) throw error;
      if (isRefusal(error)) throw error;
    }
    if (stop.aborted) return;
    if (isConnected) onBreak?.();
    isConnected = false;
    await pause(wait, stop);
    wait = Math.min(wait * 2, LONGEST_PAUSE_MS);
  }
}

// A bus that has no room for another reader may have it later.
function isRefusal(error: unknown): boolean {
  return error instanceof CommandError && /^Http4\d\d$/.test(error.code);
}
