/** Those who asked to be told. A listener that throws harms neither the store nor the other listeners. */
export class Watchers<Event> {
  readonly #listeners = new Set<{ readonly tell: (event: Event) => void }>();

  /** Tells `listener` from now on, until the function that it answers is called. */
  add(listener: (event: Event) => void): () => void {
    // An object of its own for each call: the same function may be added twice and ends once at a time.
    const entry = { tell: listener };
    this.#listeners.add(entry);
    return () => this.#listeners.delete(entry);
  }

  /** A listener's error surfaces as the uncaught error that it is: what it was told of is done and stays. */
  tell(event: Event): void {
    for (const { tell } of this.#listeners) {
      try {
        tell(event);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
