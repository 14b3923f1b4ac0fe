/** An input that the service of a target has no use for; the message says why. */
export class UnusableInputError extends Error {
  override readonly name = 'UnusableInputError';
}

export type Members = Readonly<Record<string, unknown>>;

/** The members of an input that is a JSON object. Throws UnusableInputError for any other. */
export function membersOf(input: string): Members {
  const value: unknown = JSON.parse(input);
  if (!isMembers(value)) throw new UnusableInputError('The input is not a JSON object.');
  return value;
}

/** Those members that are named, and there. */
export function picked(members: Members, names: readonly string[]): Members {
  return Object.fromEntries(
    names.flatMap((name) => (Object.hasOwn(members, name) ? [[name, members[name]]] : [])),
  );
}

/** A text as it is, any other scalar as JSON. Throws UnusableInputError for lists, objects and null. */
export function textOf(value: unknown, name: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return JSON.stringify(value);
  throw new UnusableInputError(`${name} is not a text.`);
}

export function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
