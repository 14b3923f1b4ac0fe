import type { BusClient } from '../bus/bus-client.ts';
import { CommandError } from '../errors.ts';
import { pause } from '../stoppable.ts';

/** A redrive in the background, as `GET /_busbar/redrives/{id}` tells of it. */
export interface Redrive {
  readonly redriveId: string;
  readonly state: 'running' | 'done' | 'cancelled' | 'failed';
  readonly redriven: number;
  /** Why it failed. */
  readonly message?: string;
}

const LOOK_EVERY_MS = 200;

/**
 * Looks at a redrive until it has ended, and answers how. When `stop` is aborted it is cancelled; what was redriven
 * by then stays so. Throws a CommandError.
 */
export async function followRedrive(
  bus: BusClient,
  started: Redrive,
  { stop, onProgress }: { readonly stop: AbortSignal; readonly onProgress: (redriven: number) => void },
): Promise<Redrive> {
  const path = `/_busbar/redrives/${encodeURIComponent(started.redriveId)}`;
  let redrive = started;
  let isCancelled = false;
  while (redrive.state === 'running') {
    onProgress(redrive.redriven);
    if (stop.aborted && !isCancelled) {
      isCancelled = true;
      await cancel(bus, path);
    } else {
      await pause(LOOK_EVERY_MS, isCancelled ? NEVER : stop);
    }
    redrive = await bus.adminJson<Redrive>('GET', path);
  }
  return redrive;
}

async function cancel(bus: BusClient, path: string): Promise<void> {
  try {
    await bus.adminJson('POST', `${path}/cancel`, { body: {} });
  } catch (error) {
    // It came to its end meanwhile.
    if (!(error instanceof CommandError) || error.code !== 'Http409') throw error;
  }
}

const NEVER = new AbortController().signal;
