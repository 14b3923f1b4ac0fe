/** What can stand for the value of an option, or for a free word of a command. */
export type ValueKind =
  | { readonly kind: 'text' }
  | { readonly kind: 'choices'; readonly choices: readonly string[] }
  | { readonly kind: 'files' }
  | { readonly kind: 'folders' }
  /** A text that is often in a file: file://PATH. */
  | { readonly kind: 'document' }
  | { readonly kind: 'names'; readonly of: NameKind };

/** What the bus knows by name. */
export type NameKind =
  | 'event buses'
  | 'event bus ARNs'
  | 'rules'
  | 'targets'
  | 'archives'
  | 'replays'
  | 'connections'
  | 'connection ARNs'
  | 'API destinations'
  | 'endpoints'
  | 'event sources';

/** An option as completion sees it. */
export interface CompletedOption {
  /** With its dashes. */
  readonly flag: string;
  readonly takes: 'none' | 'one' | 'any' | 'maybe one';
  /** A sentence or two; the first one is shown. */
  readonly about: string;
  readonly value: ValueKind;
}

export const TEXT: ValueKind = { kind: 'text' };

/** Values of a few words. */
export function choicesOf(choices: readonly string[]): ValueKind {
  return { kind: 'choices', choices };
}
