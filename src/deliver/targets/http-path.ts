/**
 * Puts the values in place of a path's asterisks, in order; an asterisk without a value stays. Undefined when a value
 * would make a part of the path go up: events must not choose another endpoint.
 */
export function filledPath(path: string, values: readonly string[]): string | undefined {
  let used = 0;
  const filled = path.replace(/\*/g, (asterisk) => {
    const value = values[used++];
    return value === undefined ? asterisk : encodeURIComponent(value.toWellFormed());
  });
  return filled.split('/').some((part) => part === '.' || part === '..') ? undefined : filled;
}
