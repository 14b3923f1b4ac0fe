/** What a hint may be made from. */
export interface HintContext {
  readonly path: string | undefined;
  /** The source text of the scalar at the place of the refusal, if there is one. */
  readonly tokenText: string | undefined;
}

/** What was probably meant where AWS refuses for `reason`, in a sentence; undefined where nobody can tell. */
export function hintFor(_reason: string, _context: HintContext): string | undefined {
  return undefined;
}
