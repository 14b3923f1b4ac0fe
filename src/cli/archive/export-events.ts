import type { BusClient } from '../bus/bus-client.ts';
import { generalError } from '../errors.ts';

/** How far an export is. */
export interface Exported {
  readonly events: number;
  readonly bytes: number;
}

/** Which events to bring out; ISO 8601. */
export interface ExportWindow {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/**
 * Hands the events of an archive to `write` as they come, lines of JSON in UTF-8, and answers how many there were. When
 * `stop` is aborted it ends early. Throws a CommandError, also when the connection is lost on the way.
 */
export async function exportEvents(
  bus: BusClient,
  { archive, window }: { readonly archive: string; readonly window: ExportWindow },
  {
    stop,
    write,
    onProgress,
  }: {
    readonly stop: AbortSignal;
    readonly write: (chunk: Uint8Array) => void;
    readonly onProgress: (exported: Exported) => void;
  },
): Promise<Exported> {
  const path = `/_busbar/archives/${encodeURIComponent(archive)}/events`;
  let exported: Exported = { events: 0, bytes: 0 };
  try {
    const answer = await bus.stream(path, { query: { ...window }, headers: {}, signal: stop });
    for await (const chunk of answer) {
      const bytes = chunk as Uint8Array;
      write(bytes);
      exported = { events: exported.events + linesIn(bytes), bytes: exported.bytes + bytes.length };
      onProgress(exported);
    }
  } catch (error) {
    if (stop.aborted) return exported;
    if (!isLost(error)) throw error;
    throw generalError(
      `The connection was lost after ${exported.events.toLocaleString('en')} events; export once more.`,
      'ConnectionClosed',
    );
  }
  return exported;
}

const LINE_FEED = 10;

function linesIn(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) lines += 1;
  return lines;
}

function isLost(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    ['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE'].includes(String(error.code))
  );
}
