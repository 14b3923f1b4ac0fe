/** A text after an update: what is left out stays, what is given counts, and an empty text removes it. */
export function replacedText(given: string | undefined, current: string | undefined): string | undefined {
  return given === undefined ? current : given || undefined;
}
