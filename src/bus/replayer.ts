import { setImmediate } from 'node:timers/promises';
import type { ArchivedEvent } from '../domain/archive.ts';
import type { Clock } from '../domain/clock.ts';
import { eventTime, replayedEvent } from '../domain/event.ts';
import type { Log } from '../domain/log.ts';
import { isGoingOn, REPLAY_STEP_MS, type Replay, type ReplayEnding } from '../domain/replay.ts';
import type { Store } from '../store/store.ts';
import type { Bus } from './bus.ts';
import type { Place } from './collection.ts';
import type { Configuration } from './configuration.ts';
import { PaceMaker } from './replay-pace.ts';
import { ARCHIVE_STEP, archiveOf, expiredBefore } from './replay-source.ts';

export interface ReplayerOptions {
  readonly configuration: Configuration;
  readonly store: Store;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: Log;
}

/** A replay that is being worked on. */
interface Run {
  readonly place: Place;
  readonly pace: PaceMaker;
  readonly stop: AbortController;
}

// Above this, a replay lets targets catch up before it goes on; but for no longer than a second a step, for a
// target that is away must not hold it up.
const OWED_DELIVERIES = 300;
const CATCH_UP_MS = 20;
const CATCH_UP_LOOKS = 50;

// How long to leave the store alone after it failed, and how often to try again.
const STORE_PAUSE_MS = 1000;
const STORE_ATTEMPTS = 60;

/**
 * Publishes archived events again, each replay by itself, in the order of their times: to the rules that it is
 * meant for and that match. Progress is kept, so that a replay goes on after a restart; what was published since
 * then comes again.
 */
export class Replayer {
  readonly #options: ReplayerOptions;
  readonly #runs = new Map<string, Run>();
  readonly #underWay = new Set<Promise<void>>();
  #closed = false;

  /** Starts at once, with the replays that are not over yet. */
  constructor(options: ReplayerOptions) {
    this.#options = options;
    options.configuration.replays.watch((place, replay) => this.#follow(place, replay));
  }

  /** Publishes nothing more and waits for what is being written; the replays go on with the next start. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { stop } of this.#runs.values()) stop.abort();
    await Promise.all(this.#underWay);
  }

  #follow(place: Place, replay: Replay | undefined): void {
    const key = `${place.parent}:${place.name}`;
    const known = this.#runs.get(key);
    if (replay === undefined || !isGoingOn(replay)) {
      known?.stop.abort();
      this.#runs.delete(key);
    } else if (known === undefined && !this.#closed) {
      const run = { place, pace: new PaceMaker(replay.pace), stop: new AbortController() };
      this.#runs.set(key, run);
      const work = this.#work(run, replay.startedAt).finally(() => this.#underWay.delete(work));
      this.#underWay.add(work);
    }
  }

  async #work(run: Run, startedAt: number): Promise<void> {
    const { clock, log } = this.#options;
    const { signal } = run.stop;
    await clock.sleepUntil(startedAt + REPLAY_STEP_MS, signal);
    for (let failures = 0; !signal.aborted; ) {
      try {
        const ending = await this.#step(run);
        if (ending !== undefined) await this.#end(run, ending);
        failures = 0;
      } catch (error) {
        failures += 1;
        log.error('A replay could not go on.', { replay: run.place.name, error: String(error) });
        if (failures >= STORE_ATTEMPTS) await this.#giveUp(run, error);
        await clock.sleepUntil(clock.now() + STORE_PAUSE_MS, signal);
      }
    }
  }

  /** Publishes the next events; answers how the replay ended when there are none. */
  async #step(run: Run): Promise<Omit<ReplayEnding, 'at'> | undefined> {
    const { configuration, store, clock } = this.#options;
    const replay = configuration.replays.get(run.place);
    if (replay === undefined) return undefined;
    const archive = archiveOf(replay, configuration);
    if (archive === undefined) return { state: 'FAILED', reason: 'The archive does not exist any more.' };
    const page = await store.readArchive({
      archive: archive.id,
      from: replay.eventStartTime,
      to: replay.eventEndTime,
      after: replay.progress?.position,
      ...ARCHIVE_STEP,
    });
    if (page.length === 0) return { state: 'COMPLETED' };
    const due = await this.#dueOf(page, run);
    await this.#letTargetsCatchUp(run);
    if (run.stop.signal.aborted) return undefined;
    const expired = expiredBefore(archive, clock.now());
    await this.#publish(
      due.filter(({ event }) => event.receivedAt >= expired),
      replay,
    );
    await this.#keepProgress(run, due);
    // Where nothing waits for a disk, everybody else still gets a turn.
    await setImmediate();
    return undefined;
  }

  /** The first events of a page, those that have their turn; waits until there is one. */
  async #dueOf(page: readonly ArchivedEvent[], { pace, stop }: Run): Promise<readonly ArchivedEvent[]> {
    const { clock } = this.#options;
    const times = page.map(({ event }, ahead) => pace.dueAt(eventTime(event), { ahead, now: clock.now() }));
    await clock.sleepUntil(times[0] ?? clock.now(), stop.signal);
    const now = clock.now();
    const notDue = times.findIndex((time) => time > now);
    return notDue === -1 ? page : page.slice(0, notDue);
  }

  async #letTargetsCatchUp({ stop: { signal } }: Run): Promise<void> {
    const { store, clock } = this.#options;
    for (let looks = 0; looks < CATCH_UP_LOOKS && !signal.aborted; looks++) {
      if ((await store.countDeliveries()).owed < OWED_DELIVERIES) return;
      await clock.sleepUntil(clock.now() + CATCH_UP_MS, signal);
    }
  }

  async #publish(page: readonly ArchivedEvent[], { name, destination }: Replay): Promise<void> {
    const { bus, clock } = this.#options;
    const receivedAt = clock.now();
    const events = page.map(({ event }) => replayedEvent(event, { replayName: name, receivedAt }));
    const { filterArns } = destination;
    await bus.publishAgain(events, ({ arn }) => filterArns === undefined || filterArns.includes(arn));
  }

  async #keepProgress({ place, pace }: Run, published: readonly ArchivedEvent[]): Promise<void> {
    const last = published.at(-1);
    if (last === undefined) return;
    pace.passed(published.length);
    await this.#options.configuration.replays.change(place, (current) => {
      if (current === undefined) return current;
      const events = (current.progress?.events ?? 0) + published.length;
      return {
        ...current,
        progress: { position: last.position, eventTime: eventTime(last.event), events },
      };
    });
  }

  /** Whoever cancelled it first has the last word. */
  async #end({ place }: Run, ending: Omit<ReplayEnding, 'at'>): Promise<void> {
    const { configuration, clock } = this.#options;
    await configuration.replays.change(place, (current) =>
      current === undefined || !isGoingOn(current)
        ? current
        : { ...current, ending: { ...ending, at: clock.now() } },
    );
  }

  async #giveUp(run: Run, error: unknown): Promise<void> {
    const why = error instanceof Error ? error.message : String(error);
    const reason = `The archive can not be replayed: ${why}`.slice(0, 512);
    await this.#end(run, { state: 'FAILED', reason }).catch(() => undefined); // tried again with the next failure
  }
}
