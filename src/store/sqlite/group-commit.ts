import type { Change, Outcome } from './change.ts';

/** What is told, and which promises settle, after the commit. */
interface Waiting {
  readonly change: Change;
  readonly resolve: (value: number) => void;
  readonly reject: (error: unknown) => void;
}

// One group holds up the next: bounded, so that a flood of calls is stored in steps.
const MAXIMUM_CHANGES_PER_COMMIT = 512;

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
    return new Promise((resolve, reject) => {
      this.#waiting.push({ change, resolve, reject });
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
    const group = this.#waiting.splice(0, MAXIMUM_CHANGES_PER_COMMIT);
    this.#settle(group);
    this.#scheduled = false;
    if (this.#waiting.length > 0) this.#schedule();
    else for (const resolve of this.#whenIdle.splice(0)) resolve();
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
