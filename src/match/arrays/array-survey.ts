import {
  CONTEXT_ARRAY,
  CONTEXT_PARENT,
  CONTEXT_STRIDE,
  FIELD_CONTEXT,
  FIELD_STRIDE,
} from '../scan/scanner.ts';

/**
 * The contexts of an event as far as values can disagree about them. An array whose values all stand in one element
 * leaves nothing to disagree about: a value's place is the innermost element around it that has others beside it, or 0.
 */
export class ArraySurvey {
  /** One more than the highest number of an array. */
  arrayCount = 1;
  contextCount = 1;
  /** By array: where a choice notes the place that it chose in it, and takes it back in the end; otherwise 0. */
  chosen = new Int32Array(64);
  #contexts: Int32Array = new Int32Array(0);
  #placeOf = new Int32Array(64);
  #around = new Int32Array(64);
  #outermost = new Int32Array(64);
  /** By context: whether a value stands inside. By array: in how many elements values stand. */
  #isUsed = new Uint8Array(64);
  #elementCounts = new Int32Array(64);

  /** Surveys the contexts of an event; `fields` has `FIELD_STRIDE` columns for each of its values. */
  take(contexts: Int32Array, contextCount: number, fields: Int32Array, fieldCount: number): void {
    this.#contexts = contexts;
    this.contextCount = contextCount;
    if (this.#placeOf.length < contextCount) {
      this.#placeOf = new Int32Array(contextCount * 2);
      this.#around = new Int32Array(contextCount * 2);
      this.#outermost = new Int32Array(contextCount * 2);
      this.#isUsed = new Uint8Array(contextCount * 2);
    }
    this.#countElements(fields, fieldCount);
    this.#placeOf[0] = 0;
    for (let context = 1; context < contextCount; context++) {
      const parent = this.#placeOf[this.#parent(context)] ?? 0;
      const isAlone = (this.#elementCounts[this.arrayOf(context)] ?? 0) < 2;
      this.#around[context] = parent;
      this.#placeOf[context] = isAlone ? parent : context;
      this.#outermost[context] = parent === 0 ? context : (this.#outermost[parent] ?? 0);
    }
  }

  #countElements(fields: Int32Array, fieldCount: number): void {
    this.arrayCount = 1;
    for (let context = 1; context < this.contextCount; context++) {
      this.arrayCount = Math.max(this.arrayCount, this.arrayOf(context) + 1);
    }
    if (this.#elementCounts.length < this.arrayCount) {
      this.#elementCounts = new Int32Array(this.arrayCount * 2);
      this.chosen = new Int32Array(this.arrayCount * 2);
    }
    this.#elementCounts.fill(0, 0, this.arrayCount);
    this.#isUsed.fill(0, 0, this.contextCount);
    for (let at = FIELD_CONTEXT; at < fieldCount * FIELD_STRIDE; at += FIELD_STRIDE) {
      for (
        let inner = fields[at] ?? 0;
        inner !== 0 && this.#isUsed[inner] === 0;
        inner = this.#parent(inner)
      ) {
        this.#isUsed[inner] = 1;
        this.#elementCounts[this.arrayOf(inner)] = (this.#elementCounts[this.arrayOf(inner)] ?? 0) + 1;
      }
    }
  }

  /** The place of a value that stands right in a context. */
  placeOf(context: number): number {
    return this.#placeOf[context] ?? 0;
  }

  /** The place around a place other than 0. */
  around(place: number): number {
    return this.#around[place] ?? 0;
  }

  /** The array that a place other than 0 is an element of. */
  arrayOf(place: number): number {
    return this.#contexts[place * CONTEXT_STRIDE + CONTEXT_ARRAY] ?? 0;
  }

  /** The array of the outermost place around a place, or -1. */
  outermostArray(place: number): number {
    return place === 0 ? -1 : this.arrayOf(this.#outermost[place] ?? 0);
  }

  #parent(context: number): number {
    return this.#contexts[context * CONTEXT_STRIDE + CONTEXT_PARENT] ?? 0;
  }
}
