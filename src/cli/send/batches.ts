import { defaultQuotas } from '../../domain/limits.ts';
import type { Entry } from './entry.ts';

/** How many entries PutEvents takes in one request. */
const MOST_ENTRIES = 10;

/**
 * Gathers entries into requests: at most ten, and at most as many bytes as AWS takes in one. An entry that is larger
 * than that goes alone: the bus says so itself.
 */
export async function* batches(
  entries: AsyncIterable<Entry>,
  most: { readonly entries?: number; readonly bytes?: number } = {},
): AsyncGenerator<readonly Entry[], void> {
  const mostEntries = most.entries ?? MOST_ENTRIES;
  const mostBytes = most.bytes ?? defaultQuotas.putEventsBytes;
  let batch: Entry[] = [];
  let bytes = 0;
  for await (const entry of entries) {
    if (batch.length >= mostEntries || (batch.length > 0 && bytes + entry.bytes > mostBytes)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(entry);
    bytes += entry.bytes;
  }
  if (batch.length > 0) yield batch;
}
