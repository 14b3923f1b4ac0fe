/**
 * Lets work take turns: each begins when all that came before has ended. What decides by looking at many
 * records (a quota, whether a bus still has rules) then sees every change that was asked for before.
 */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Resolves and rejects as the work does, when its turn has come and gone. */
  take<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined); // its own caller is told; the next one must not wait for ever
    return turn;
  }
}
