import type { ArraySurvey } from './array-survey.ts';
import { PlaceSet } from './place-set.ts';

interface Entry {
  readonly set: PlaceSet;
  /** What it stands for, in the event in hand; empty if nothing. */
  key: string;
  /** The last choice that it took part in, which must not lose it. */
  choice: number;
}

/** How many sets are kept for the rules that come next. */
const MIN_KEPT = 8;

/** Sets of places for the event in hand. Rules often ask for the same, one after the other. */
export class PlaceSets {
  readonly #entries: Entry[] = [];
  #choice = 0;
  #turn = 0;

  /** Forgets what the sets stand for. */
  clear(): void {
    for (const entry of this.#entries) entry.key = '';
  }

  /** Sets that were handed out before may be used for other things. */
  beginChoice(): void {
    this.#choice++;
  }

  /** The set that `key` stands for; `fill` adds its members if it isn't known. */
  get(survey: ArraySurvey, key: string, fill: (set: PlaceSet) => void): PlaceSet {
    const known = this.#entries.find((entry) => entry.key === key);
    const entry = known ?? this.#replace();
    entry.choice = this.#choice;
    if (known === undefined) {
      entry.key = key;
      entry.set.clear(survey);
      fill(entry.set);
    }
    return entry.set;
  }

  #replace(): Entry {
    for (let tried = 0; tried < this.#entries.length && this.#entries.length >= MIN_KEPT; tried++) {
      this.#turn = (this.#turn + 1) % this.#entries.length;
      const entry = this.#entries[this.#turn];
      if (entry !== undefined && entry.choice !== this.#choice) return entry;
    }
    const entry = { set: new PlaceSet(), key: '', choice: 0 };
    this.#entries.push(entry);
    return entry;
  }
}
