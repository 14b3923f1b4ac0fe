import type { Clock } from '../domain/clock.ts';
import type { Log } from '../domain/log.ts';
import { type Store, StoreFailure, type StoreProblem } from './store.ts';

/** Why nothing can be kept at the moment. */
export interface StoreTrouble {
  readonly problem: StoreProblem;
  /** What is wrong, a sentence for whoever asks: it names no place and no file. */
  readonly message: string;
  /** What to do about it. */
  readonly advice: string;
  /** When it was first noticed, epoch milliseconds. */
  readonly since: number;
  /** Calls that have failed since then. */
  readonly failures: number;
}

export interface StoreHealthOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** The machine's own clock: how often something is said, and how long somebody waits. */
  readonly machineClock: Clock;
  readonly log: Log;
}

// On a full disk every request fails, and so does each attempt that ends.
const SUMMARY_EVERY_MS = 10_000;

// Whoever asks how the store is doing is answered, whether or not the store is.
const PROBE_PATIENCE_MS = 500;

const MOST_MESSAGES = 100;

const GOES_ON = 'Busbar goes on by itself as soon as something can be kept.';

const TEXTS: Readonly<Record<StoreProblem, Pick<StoreTrouble, 'message' | 'advice'>>> = {
  damaged: {
    message: 'The database is damaged: nothing can be kept.',
    advice:
      'Stop Busbar and put back a copy of its folder, or begin with another folder. The log tells more.',
  },
  full: { message: 'The disk is full: nothing can be kept.', advice: `Make room on it. ${GOES_ON}` },
  lost: {
    message:
      'The store was taken over, or lost what it had acknowledged: this process writes nothing any more.',
    advice: 'See that one Busbar only has the store open, and start it again. The log tells more.',
  },
  refused: {
    message: 'The store refuses what is written: nothing can be kept.',
    advice: `The log tells its reason. ${GOES_ON}`,
  },
  unreachable: {
    message: 'NATS does not answer: nothing can be kept.',
    advice: `See that it runs and can be reached. ${GOES_ON}`,
  },
};

/**
 * Knows whether a store keeps what is written, from the calls that others make of it. It costs a store that is well
 * nothing; only where the last write failed, whoever asks has one more made. A trouble is told to the log when it
 * begins, now and then with a count, and when it is over.
 */
export class StoreHealth {
  readonly #options: StoreHealthOptions;
  /** The store, watched. */
  readonly store: Store;
  readonly #messages = new Set<string>();
  #trouble: (StoreTrouble & { failures: number }) | undefined;
  #toldAt = 0;
  #untold = 0;
  #probe: Promise<void> | undefined;
  #whenLost: (() => void) | undefined;

  constructor(options: StoreHealthOptions) {
    this.#options = options;
    this.store = this.#watched(options.store);
  }

  /** Undefined while the last write was kept. */
  get trouble(): StoreTrouble | undefined {
    return this.#trouble;
  }

  /** The same, after one more write where the last one failed; that is waited for no longer than a moment. */
  async lookAgain(): Promise<StoreTrouble | undefined> {
    if (this.#trouble === undefined || this.#trouble.problem === 'lost') return this.#trouble;
    const { machineClock } = this.#options;
    this.#probe ??= this.store
      .probe()
      .catch(() => undefined) // it has been taken note of
      .finally(() => {
        this.#probe = undefined;
      });
    const patience = new AbortController();
    const waited = machineClock.sleepUntil(machineClock.now() + PROBE_PATIENCE_MS, patience.signal);
    await Promise.race([this.#probe, waited]);
    patience.abort();
    return this.#trouble;
  }

  /** Calls `end`, once, when the store is lost to this process, or has been. */
  whenLost(end: () => void): void {
    if (this.#trouble?.problem === 'lost') end();
    else this.#whenLost = end;
  }

  /** A log for those who use the store: what only repeats what was told of a trouble here goes no further. */
  quieten(log: Log): Log {
    const repeats = (text: unknown) =>
      typeof text === 'string' && [...this.#messages].some((message) => text.includes(message));
    return {
      info: (message, fields) => log.info(message, fields),
      warn: (message, fields) => log.warn(message, fields),
      error: (message, fields) => {
        if (!repeats(fields?.['error'])) log.error(message, fields);
      },
    };
  }

  #watched(store: Store): Store {
    return {
      readConfiguration: () => store.readConfiguration(),
      writeConfiguration: (change) => this.#write(store.writeConfiguration(change)),
      watchConfiguration: (listener) => store.watchConfiguration(listener),
      append: (events) => this.#write(store.append(events)),
      watchOwed: (listener) => store.watchOwed(listener),
      lease: (request) => this.#call(store.lease(request)),
      leaseAged: (request) => this.#call(store.leaseAged(request)),
      settle: (settlements) => this.#write(store.settle(settlements)),
      nextDueAt: (hasRoom) => store.nextDueAt(hasRoom),
      listFailed: (page) => store.listFailed(page),
      redrive: (request) => this.#write(store.redrive(request)),
      countDeliveries: (isWanted) => store.countDeliveries(isWanted),
      readArchive: (page) => store.readArchive(page),
      measureArchive: (archive) => store.measureArchive(archive),
      trimArchive: (request) => this.#write(store.trimArchive(request)),
      probe: () => this.#write(store.probe()),
      close: () => store.close(),
    };
  }

  // The caller gets its own promise back: one more for each call would be all that watching costs.
  #write<T>(call: Promise<T>): Promise<T> {
    call.then(this.#noteSuccess, this.#noteFailure);
    return call;
  }

  #call<T>(call: Promise<T>): Promise<T> {
    call.catch(this.#noteFailure);
    return call;
  }

  readonly #noteSuccess = (): void => {
    if (this.#trouble !== undefined) this.#end();
  };

  readonly #noteFailure = (error: unknown): void => {
    if (error instanceof StoreFailure) this.#fail(error);
  };

  #fail({ problem, message }: StoreFailure): void {
    if (this.#messages.size < MOST_MESSAGES) this.#messages.add(message);
    const before = this.#trouble;
    if (before?.problem === 'lost') return;
    const { clock, log, machineClock } = this.#options;
    const since = before?.since ?? clock.now();
    this.#trouble = { problem, ...TEXTS[problem], since, failures: (before?.failures ?? 0) + 1 };
    if (problem === 'lost') {
      log.error(message);
      this.#whenLost?.();
    } else if (before?.problem !== problem) {
      log.error(`${TEXTS[problem].message} ${TEXTS[problem].advice}`, { error: message });
      this.#toldAt = machineClock.now();
      this.#untold = 0;
    } else this.#count();
  }

  #count(): void {
    const { log, machineClock } = this.#options;
    this.#untold += 1;
    if (machineClock.now() - this.#toldAt < SUMMARY_EVERY_MS) return;
    const since = new Date(this.#trouble?.since ?? 0).toISOString();
    log.error('The store still keeps nothing.', { failures: this.#untold, since });
    this.#toldAt = machineClock.now();
    this.#untold = 0;
  }

  #end(): void {
    const { failures = 0, since = 0, problem } = this.#trouble ?? {};
    // A write that was under way is no sign that the store is ours again.
    if (problem === 'lost') return;
    this.#trouble = undefined;
    this.#messages.clear();
    this.#options.log.warn('The store keeps what is written again.', {
      failures,
      since: new Date(since).toISOString(),
    });
  }
}
