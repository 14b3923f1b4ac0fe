import type { BusClient } from '../bus/bus-client.ts';
import { CommandError } from '../errors.ts';
import { ItemsError } from '../send/json-items.ts';

/** How an import ended: how many events are in the archive now, and what stopped it if something did. */
export interface Imported {
  readonly events: number;
  /** The item that is no event, counted from 1, and why. */
  readonly refused?: { readonly item: number; readonly why: string };
}

// Small enough for a steady progress, large enough that each request's own cost does not count.
const REQUEST_CHARACTERS = 1_000_000;
const REQUEST_EVENTS = 1000;

/**
 * Puts events, JSON texts, into an archive, many in a request, after the first `skip` of them. A request with an item that is no event
 * is refused as a whole and ends the import: what went before stays. When `stop` is aborted it ends after the request that is under way. Throws a
 * CommandError for every other failure.
 */
export async function importEvents(
  bus: BusClient,
  items: AsyncIterable<string>,
  {
    archive,
    skip,
    stop,
    onProgress,
  }: {
    readonly archive: string;
    readonly skip: number;
    readonly stop: AbortSignal;
    readonly onProgress: (events: number) => void;
  },
): Promise<Imported> {
  const path = `/_busbar/archives/${encodeURIComponent(archive)}/events`;
  let events = 0;
  try {
    for await (const { lines, before } of requests(items, skip)) {
      if (stop.aborted) break;
      const refused = await send(lines);
      if (refused !== undefined) return { events, refused: { ...refused, item: before + refused.item } };
      onProgress(events);
    }
  } catch (error) {
    if (!(error instanceof ItemsError)) throw error;
    return { events, refused: { item: skip + events + 1, why: error.message } };
  }
  return { events };

  async function send(lines: readonly string[]): Promise<Imported['refused']> {
    try {
      const answer = await bus.admin('POST', path, { body: lines.join('\n') });
      events += (JSON.parse(answer) as { readonly events: number }).events;
      return undefined;
    } catch (error) {
      const refused = refusedLine(error);
      if (refused === undefined) throw error;
      return refused;
    }
  }
}

interface ImportRequest {
  readonly lines: readonly string[];
  /** How many items of the input come before its first one. */
  readonly before: number;
}

async function* requests(items: AsyncIterable<string>, skip: number): AsyncGenerator<ImportRequest, void> {
  let lines: string[] = [];
  let characters = 0;
  let index = -1;
  let broken: ItemsError | undefined;
  try {
    for await (const item of items) {
      index += 1;
      if (index < skip) continue;
      // An item may be written over several lines; inside of strings JSON has no line breaks.
      const line = item.replace(/[\r\n]+/g, ' ');
      const isFull = lines.length === REQUEST_EVENTS || characters + line.length > REQUEST_CHARACTERS;
      if (isFull && lines.length > 0) {
        yield { lines, before: index - lines.length };
        lines = [];
        characters = 0;
      }
      lines.push(line);
      characters += line.length;
    }
  } catch (error) {
    if (!(error instanceof ItemsError)) throw error;
    broken = error;
  }
  if (lines.length > 0) yield { lines, before: index + 1 - lines.length };
  if (broken !== undefined) throw broken;
}

/** The line of a request that is no event, counted from 1. */
function refusedLine(error: unknown): Imported['refused'] {
  if (!(error instanceof CommandError) || error.code !== 'Http400') return undefined;
  const [, line, why] = /^Line (\d+) is no event: (.*?)\.?$/s.exec(error.message) ?? [];
  return line === undefined || why === undefined ? undefined : { item: Number(line), why };
}
