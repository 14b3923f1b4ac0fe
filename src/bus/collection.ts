import { ServiceError } from '../domain/errors.ts';
import { type ConfigurationEvent, RevisionConflict, type Store } from '../store/store.ts';
import { Turns } from './turns.ts';

interface Kept<T> {
  readonly value: T;
  readonly revision: number;
}

/** Where a record is kept: `parent` is its account, region and (for rules) event bus; `name` is its own. */
export interface Place {
  readonly parent: string;
  readonly name: string;
}

// A write that others keep overtaking gives up in the end, and says so as AWS does.
const WRITE_ATTEMPTS = 20;

// No name that the API allows holds a colon.
const SEPARATOR = ':';

/**
 * All configuration of one kind, in memory for reading and in the store for keeping. Reads are immediate and
 * see every write of this process; writes are durable when they resolve.
 */
export class Collection<T> {
  readonly #kind: string;
  readonly #store: Store;
  readonly #turns: Turns;
  readonly #parents = new Map<string, Map<string, Kept<T>>>();
  readonly #listeners = new Set<(place: Place, value: T | undefined) => void>();

  /** Collections that share `turns` change one at a time. */
  constructor(kind: string, store: Store, turns = new Turns()) {
    this.#kind = kind;
    this.#store = store;
    this.#turns = turns;
  }

  get kind(): string {
    return this.#kind;
  }

  get(place: Place): T | undefined {
    return this.#kept(place)?.value;
  }

  /** The values under a parent in order of their names. */
  list(parent: string): readonly T[] {
    const names = this.#parents.get(parent);
    if (names === undefined) return [];
    return [...names].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, kept]) => kept.value);
  }

  /** Every value with its place, in no order: for looking something up by what it says of itself. */
  *all(): Iterable<readonly [Place, T]> {
    for (const [parent, names] of this.#parents) {
      for (const [name, kept] of names) yield [{ parent, name }, kept.value];
    }
  }

  /** How many there are under a parent. */
  count(parent: string): number {
    return this.#parents.get(parent)?.size ?? 0;
  }

  /**
   * Replaces a value by what `decide` makes of the present one; `undefined` stands for "there is none" on
   * both sides. Changes of this process take turns, so that `decide` may look at other records too; it runs
   * again when another process wrote in between, so it must only compute. What it throws refuses the change.
   * Resolves to the new value when it is durable.
   */
  change<R extends T | undefined>(place: Place, decide: (current: T | undefined) => R): Promise<R> {
    return this.#turns.take(() => this.#change(place, decide));
  }

  async #change<R extends T | undefined>(place: Place, decide: (current: T | undefined) => R): Promise<R> {
    for (let attempt = 0; attempt < WRITE_ATTEMPTS; attempt++) {
      const current = this.#kept(place);
      const value = decide(current?.value);
      if (value === current?.value) return value;
      try {
        await this.#store.writeConfiguration({
          kind: this.#kind,
          key: place.parent + SEPARATOR + place.name,
          value,
          expectedRevision: current?.revision ?? 0,
        });
        return value;
      } catch (error) {
        if (!(error instanceof RevisionConflict)) throw error;
      }
    }
    throw new ServiceError('ConcurrentModificationException', `${place.name} was modified concurrently.`);
  }

  /** Tells of every change, and at once of everything that is there already. */
  watch(listener: (place: Place, value: T | undefined) => void): void {
    this.#listeners.add(listener);
    for (const [place, value] of this.all()) listener(place, value);
  }

  /** Takes over what the store says; called by the configuration alone. */
  apply(event: ConfigurationEvent): void {
    const { key } = event.record;
    const cut = key.lastIndexOf(SEPARATOR);
    const place = { parent: key.slice(0, cut), name: key.slice(cut + 1) };
    if (event.kind === 'put') {
      let names = this.#parents.get(place.parent);
      if (names === undefined) {
        names = new Map();
        this.#parents.set(place.parent, names);
      }
      // Loading and watching overlap: the newer word stands.
      if ((names.get(place.name)?.revision ?? 0) >= event.record.revision) return;
      // The one cast of configuration: the store keeps what this collection wrote.
      names.set(place.name, { value: event.record.value as T, revision: event.record.revision });
    } else {
      const names = this.#parents.get(place.parent);
      names?.delete(place.name);
      if (names?.size === 0) this.#parents.delete(place.parent);
    }
    const value = this.get(place);
    for (const listener of this.#listeners) listener(place, value);
  }

  #kept(place: Place): Kept<T> | undefined {
    return this.#parents.get(place.parent)?.get(place.name);
  }
}
