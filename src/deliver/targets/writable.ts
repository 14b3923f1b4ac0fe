/** The same without `readonly`, at any depth. */
export type Writable<T> = T extends readonly (infer Element)[]
  ? Writable<Element>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Writable<T[Key]> }
    : T;

/** A copy for SDK clients, whose inputs are writable although they write nothing. */
export function writable<T>(value: T): Writable<T> {
  // A clone shares nothing with its original, so that nobody minds what is done to it.
  return structuredClone(value) as Writable<T>;
}
