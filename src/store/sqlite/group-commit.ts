import type { Change, Outcome } from './change.ts';

/** What is told, and which promises settle, after the commit. */
interface Waiting {
  readonly change: Change;
  readonly weight: number;
  readonly resolve: (value: number) => void;
  readonly reject: (error: unknown) => void;
}

// The event loop stands still while a group is stored: a flood of calls is stored in steps of about this
// size, some tens of milliseconds at most.
const MAXIMUM_GROUP_CHARACTERS = 4 * 1_024 * 1_024;
// What a change costs beside the text that it carries, in characters' worth of time.
const CHARACTERS_PER_ROW = 512;

/**
 * Lets calls share commits: those of one turn of the event loop, and those that come while a commit is under
 * way, go into the next one together. A sync of the disk costs the same for one as for a hundred.
 */
export class GroupCommit {
  readonly #commit: (changes: readonly Change[]) => readonly Outcome[];
  readonly #tell: (change: Change, value: number) => void;
  #waiting: Waiting[] = [];
  #scheduled = false;
  #whenIdle: (() => void)[] = [];

  /** `commit` stores a group or throws; `tell` is called for each change that was kept, before its promise resolves. */
  constructor(
    commit: (changes: readonly Change[]) => readonly Outcome[],
    tell: (change: Change, value: number) => void,
  ) {
    this.#commit = commit;
    this.#tell = tell;
  }

  /** Resolves once the change is committed, with what its outcome carries. */
  submit(change: Change): Promise<number> {
    const weight = weightOf(change);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ change, weight, resolve, reject });
      this.#schedule();
    });
  }

  /** Resolves when nothing waits. */
  idle(): Promise<void> {
    if (!this.#scheduled) return Promise.resolve();
    return new Promise((resolve) => this.#whenIdle.push(resolve));
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.#commitWaiting());
  }

  #commitWaiting(): void {
    this.#settle(this.#takeGroup());
    this.#scheduled = false;
    if (this.#waiting.length > 0) this.#schedule();
    else for (const resolve of this.#whenIdle.splice(0)) resolve();
  }

  #takeGroup(): readonly Waiting[] {
    let characters = 0;
    let length = 0;
    for (const { weight } of this.#waiting) {
      if (characters >= MAXIMUM_GROUP_CHARACTERS) break;
      characters += weight;
      length += 1;
    }
    return this.#waiting.splice(0, length);
  }

  #settle(group: readonly Waiting[]): void {
    let outcomes: readonly Outcome[];
    try {
      outcomes = this.#commit(group.map(({ change }) => change));
    } catch (error) {
      for (const { reject } of group) reject(error);
      return;
    }
    for (const [index, { change, resolve, reject }] of group.entries()) {
      const outcome = outcomes[index];
      if (outcome?.kind === 'kept') {
        this.#tell(change, outcome.value);
        resolve(outcome.value);
      } else reject(outcome?.error);
    }
  }
}

function weightOf(change: Change): number {
  switch (change.kind) {
    case 'append':
      return change.events.reduce(
        (sum, { event, deliveries, archives = [] }) =>
          sum + event.envelope.length + (1 + deliveries.length + archives.length) * CHARACTERS_PER_ROW,
        0,
      );
    case 'settle':
      return change.settlements.length * CHARACTERS_PER_ROW;
    case 'redrive':
      return change.ids.length * CHARACTERS_PER_ROW;
    case 'trim':
      return change.max * CHARACTERS_PER_ROW;
    case 'probe':
      return CHARACTERS_PER_ROW;
    case 'configure':
      return CHARACTERS_PER_ROW + (change.configuration.json?.length ?? 0);
  }
}
