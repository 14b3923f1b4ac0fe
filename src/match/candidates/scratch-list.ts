/**
 * A list that is filled and emptied for every event. It keeps its memory, and with it what it held, until other things
 * take their places: emptying an array costs as much as looking up a value.
 */
export class ScratchList<Item> {
  readonly #items: Item[] = [];
  #size = 0;

  /** How many items are in the list. */
  get size(): number {
    return this.#size;
  }

  /** Adds an item at the end. */
  add(item: Item): void {
    this.#items[this.#size++] = item;
  }

  /** The item at a place from 0 to `size` - 1. */
  at(place: number): Item {
    const item = this.#items[place];
    if (item === undefined) throw new RangeError(`there is no item ${place}`);
    return item;
  }

  /** Takes all items out. */
  clear(): void {
    this.#size = 0;
  }
}
