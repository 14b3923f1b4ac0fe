import type { CompletedOption } from './completed-option.ts';

/** What stands on a line before the word that is being typed. */
export interface TypedLine {
  /** Words that are no options and no values of options. */
  readonly free: readonly string[];
  /** The last value of each option, by its flag; empty for switches. */
  readonly given: ReadonlyMap<string, string>;
  /** The option whose value is being typed. */
  readonly pending: CompletedOption | undefined;
  /** Whether another program's words are typed, behind `--`. */
  readonly isBehind: boolean;
}

/** Reads the words before the one that is being typed. Options that are not known count as switches. */
export function readTypedLine(words: readonly string[], options: readonly CompletedOption[]): TypedLine {
  const free: string[] = [];
  const given = new Map<string, string>();
  let pending: CompletedOption | undefined;
  let isBehind = false;
  for (const word of words) {
    if (isBehind) continue;
    if (word === '--') {
      isBehind = true;
      pending = undefined;
    } else if (word.startsWith('--')) {
      const [flag = '', value] = word.split(/=(.*)/s);
      const option = optionOf(flag, options);
      given.set(option?.flag ?? flag, value ?? '');
      pending = value === undefined && option?.takes !== 'none' ? option : undefined;
    } else if (pending === undefined) {
      free.push(word);
    } else {
      given.set(pending.flag, word);
      if (pending.takes !== 'any') pending = undefined;
    }
  }
  return { free, given, pending, isBehind };
}

/** The option that a flag means, which may be shortened as far as no other begins so. */
export function optionOf(flag: string, options: readonly CompletedOption[]): CompletedOption | undefined {
  const exact = options.find((option) => option.flag === flag);
  const meant = options.filter((option) => option.flag.startsWith(flag));
  return exact ?? (meant.length === 1 ? meant[0] : undefined);
}
