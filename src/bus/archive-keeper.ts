import type { Archive } from '../domain/archive.ts';
import type { Clock } from '../domain/clock.ts';
import type { Log } from '../domain/log.ts';
import { isForgotten } from '../domain/replay.ts';
import type { Store } from '../store/store.ts';
import type { Configuration } from './configuration.ts';
import { expiredBefore } from './replay-source.ts';

export interface ArchiveKeeperOptions {
  readonly configuration: Configuration;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
}

const HOUR_MS = 60 * 60 * 1000;

// Let go of in one write: the event loop stands still for some tens of milliseconds at most.
const EVENTS_PER_WRITE = 200;

// An event that was on its way when its archive was deleted arrives in this time.
const LATECOMERS_MS = 60_000;

const FAILURE_PAUSE_MS = 60_000;

/**
 * Lets archives go of events whose retention is over, and of all when they are deleted; in the background, in
 * small steps. It also forgets replays that ended long ago.
 */
export class ArchiveKeeper {
  readonly #options: ArchiveKeeperOptions;
  readonly #stop = new AbortController();
  readonly #loop: Promise<void>;
  #rest = new AbortController();
  #changed = false;

  /** Starts at once. */
  constructor(options: ArchiveKeeperOptions) {
    this.#options = options;
    const wake = () => {
      this.#changed = true;
      this.#rest.abort();
    };
    options.configuration.archives.watch(wake);
    options.configuration.archiveRemovals.watch(wake);
    this.#loop = this.#run();
  }

  /** Lets go of nothing more and waits for what is being written; the rest goes with the next start. */
  async close(): Promise<void> {
    this.#stop.abort();
    this.#rest.abort();
    await this.#loop;
  }

  async #run(): Promise<void> {
    const { clock, log } = this.#options;
    while (!this.#stop.signal.aborted) {
      this.#changed = false;
      let next: number | undefined;
      try {
        await this.#forgetReplays();
        await this.#removeArchives();
        next = await this.#expireEvents();
      } catch (error) {
        log.error('Archives could not be tidied up.', { error: String(error) });
        next = clock.now() + FAILURE_PAUSE_MS;
      }
      await this.#sleep(next);
    }
  }

  async #forgetReplays(): Promise<void> {
    const { configuration, clock } = this.#options;
    const now = clock.now();
    for (const [place, replay] of [...configuration.replays.all()]) {
      if (isForgotten(replay, now)) await configuration.replays.change(place, () => undefined);
    }
  }

  async #removeArchives(): Promise<void> {
    const { configuration, clock } = this.#options;
    for (const [place, { id, deletedAt }] of [...configuration.archiveRemovals.all()]) {
      const isThere = [...configuration.archives.all()].some(([, archive]) => archive.id === id);
      if (!isThere) await this.#trim(id, Number.POSITIVE_INFINITY);
      if (this.#stop.signal.aborted || clock.now() < deletedAt + LATECOMERS_MS) continue;
      await configuration.archiveRemovals.change(place, () => undefined);
    }
  }

  /** Answers when to look again. */
  async #expireEvents(): Promise<number | undefined> {
    const { configuration, clock } = this.#options;
    const looks: number[] = [...configuration.archiveRemovals.all()].map(
      ([, { deletedAt }]) => deletedAt + LATECOMERS_MS,
    );
    for (const [, archive] of [...configuration.archives.all()]) {
      if (archive.retentionDays === 0) continue;
      await this.#trim(archive.id, expiredBefore(archive, clock.now()));
      looks.push(await this.#nextExpiry(archive));
    }
    return looks.length === 0 ? undefined : Math.min(...looks);
  }

  async #trim(archive: string, before: number): Promise<void> {
    const { store } = this.#options;
    let gone = EVENTS_PER_WRITE;
    while (gone === EVENTS_PER_WRITE && !this.#stop.signal.aborted) {
      gone = await store.trimArchive({ archive, before, max: EVENTS_PER_WRITE });
    }
  }

  /** About when the next event of an archive expires: not sooner than in an hour, not later than in a day. */
  async #nextExpiry(archive: Archive): Promise<number> {
    const { store, clock } = this.#options;
    const now = clock.now();
    const all = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
    const [first] = await store.readArchive({ archive: archive.id, ...all, max: 1 });
    // An event expires when its receipt is earlier than `expiredBefore`, by a millisecond at least.
    const retentionMs = now - expiredBefore(archive, now) + 1;
    const expiry = (first?.event.receivedAt ?? now) + retentionMs;
    return Math.min(Math.max(expiry, now + HOUR_MS), now + 24 * HOUR_MS);
  }

  /** Until `next` comes, or an archive changes. */
  async #sleep(next: number | undefined): Promise<void> {
    if (this.#changed || this.#stop.signal.aborted) return;
    this.#rest = new AbortController();
    const { signal } = this.#rest;
    if (next !== undefined) await this.#options.clock.sleepUntil(next, signal);
    else await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  }
}
