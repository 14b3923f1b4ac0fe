/** Rows in an order of their own: a binary heap that knows where each row stands, so that any can be taken out. */
export class RowHeap {
  readonly #heap: number[] = [];
  readonly #isBefore: (a: number, b: number) => boolean;
  readonly #setIndex: (row: number, index: number) => void;

  /** `setIndex` is told where a row stands, -1 when it has left. */
  constructor(isBefore: (a: number, b: number) => boolean, setIndex: (row: number, index: number) => void) {
    this.#isBefore = isBefore;
    this.#setIndex = setIndex;
  }

  get length(): number {
    return this.#heap.length;
  }

  /** The first row; undefined when there is none. */
  peek(): number | undefined {
    return this.#heap[0];
  }

  push(row: number): void {
    this.#heap.push(row);
    this.#rise(row, this.#heap.length - 1);
  }

  /** Takes out the row that stands at an index. */
  removeAt(index: number): void {
    const removed = this.#heap[index];
    const last = this.#heap.pop();
    if (removed === undefined || last === undefined) return;
    this.#setIndex(removed, -1);
    if (removed === last) return;
    this.#heap[index] = last;
    this.#sink(last, index);
    if (this.#heap[index] === last) this.#rise(last, index);
  }

  #rise(row: number, from: number): void {
    let index = from;
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = this.#heap[parentIndex];
      if (parent === undefined || !this.#isBefore(row, parent)) break;
      this.#place(parent, index);
      index = parentIndex;
    }
    this.#place(row, index);
  }

  #sink(row: number, from: number): void {
    let index = from;
    for (;;) {
      const childIndex = this.#earlierChild(index);
      const child = this.#heap[childIndex];
      if (child === undefined || !this.#isBefore(child, row)) break;
      this.#place(child, index);
      index = childIndex;
    }
    this.#place(row, index);
  }

  #place(row: number, index: number): void {
    this.#heap[index] = row;
    this.#setIndex(row, index);
  }

  #earlierChild(index: number): number {
    const left = this.#heap[2 * index + 1];
    const right = this.#heap[2 * index + 2];
    const rightFirst = left !== undefined && right !== undefined && this.#isBefore(right, left);
    return 2 * index + (rightFirst ? 2 : 1);
  }
}
