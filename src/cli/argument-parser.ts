import { closeMatches } from './close-matches.ts';
import { type CommandError, syntaxError } from './errors.ts';
import { pythonInt, pythonRepr } from './python-text.ts';

/** One option of a command line. */
export interface CommandOption {
  /** As it is typed, `--entries`. */
  readonly flag: string;
  /** Under which name its value is kept. */
  readonly key: string;
  /** How many words follow: none, one, perhaps one, or all up to the next option. */
  readonly takes: 'none' | 'one' | 'maybe one' | 'any';
  /** What is kept when no word follows (`none`, `maybe one`). */
  readonly bare?: boolean | string;
  readonly choices?: readonly string[];
  readonly integer?: boolean;
  readonly required?: boolean;
}

/** The free word that a command line must or may have. */
export interface FreeWord {
  readonly name: string;
  readonly choices?: readonly string[];
  readonly optional?: boolean;
}

export type OptionValue = boolean | string | readonly string[];

/** What one pass over a command line found; `rest` is for the next pass, in its order. */
export interface ParsedArguments {
  readonly values: ReadonlyMap<string, OptionValue>;
  readonly word: string | undefined;
  readonly rest: readonly string[];
  /** Required options and the required free word that are not there, as a message names them. */
  readonly missing: readonly string[];
}

/**
 * Reads what it knows of a command line and hands on the rest, so that three passes (program, service,
 * operation) find their options anywhere in the line. Options are taken as `--name value` and `--name=value`
 * and by any prefix that is no other option's; the last of equal options wins.
 * Throws a syntax error (exit 252) for ambiguous prefixes, missing values and bad choices.
 */
export function parseArguments(
  words: readonly string[],
  options: readonly CommandOption[],
  freeWord: FreeWord,
): ParsedArguments {
  const values = new Map<string, OptionValue>();
  const given = new Set<string>();
  const rest: string[] = [];
  const found = readWords(words, options);
  let word: string | undefined;
  for (let index = 0; index < words.length; ) {
    const meaning = found[index];
    const text = words[index] ?? '';
    index += 1;
    if (meaning?.kind === 'option') {
      const taken = takeValue(meaning, words, found, index);
      values.set(meaning.option.key, taken.value);
      given.add(meaning.option.flag);
      index = taken.next;
    } else if (meaning?.kind === 'free' && word === undefined) {
      checkChoice(freeWord.name, freeWord.choices, text);
      word = text;
      // The pass that takes a free word also takes the `--` on either side of it.
      if (found[index]?.kind === 'end of options') index += 1;
    } else if (meaning?.kind !== 'end of options' || word !== undefined) {
      rest.push(text);
    }
  }
  const missing = options.filter((option) => option.required && !given.has(option.flag)).map((o) => o.flag);
  if (word === undefined && freeWord.optional !== true) missing.push(freeWord.name);
  return { values, word, rest, missing };
}

/** Throws the syntax error for what a command line lacks, if it lacks anything. */
export function requireNothingMissing(parsed: ParsedArguments): void {
  if (parsed.missing.length === 0) return;
  throw syntaxError(`the following arguments are required: ${parsed.missing.join(', ')}`);
}

type Meaning =
  | { readonly kind: 'option'; readonly option: CommandOption; readonly attached: string | undefined }
  | { readonly kind: 'unknown option' }
  | { readonly kind: 'end of options' }
  | { readonly kind: 'free' };

function readWords(words: readonly string[], options: readonly CommandOption[]): readonly Meaning[] {
  const end = words.indexOf('--');
  return words.map((word, index): Meaning => {
    if (index === end) return { kind: 'end of options' };
    return end >= 0 && index > end ? { kind: 'free' } : meaningOf(word, options);
  });
}

function meaningOf(word: string, options: readonly CommandOption[]): Meaning {
  if (!word.startsWith('-') || word.length === 1) return { kind: 'free' };
  const exact = options.find((option) => option.flag === word);
  if (exact !== undefined) return { kind: 'option', option: exact, attached: undefined };
  const equals = word.indexOf('=');
  const name = equals < 0 ? word : word.slice(0, equals);
  const attached = equals < 0 ? undefined : word.slice(equals + 1);
  const named = options.find((option) => option.flag === name);
  if (named !== undefined) return { kind: 'option', option: named, attached };
  const candidates = word.startsWith('--') ? options.filter((option) => option.flag.startsWith(name)) : [];
  if (candidates.length > 1) {
    const matches = candidates.map((option) => option.flag).join(', ');
    throw syntaxError(`ambiguous option: ${word} could match ${matches}`);
  }
  const [only] = candidates;
  if (only !== undefined) return { kind: 'option', option: only, attached };
  // A negative number is a value, and so is a word with a space in it: no option has one.
  if (/^-\d+$|^-\d*\.\d+$/.test(word) || word.includes(' ')) return { kind: 'free' };
  return { kind: 'unknown option' };
}

function takeValue(
  { option, attached }: { readonly option: CommandOption; readonly attached: string | undefined },
  words: readonly string[],
  found: readonly Meaning[],
  start: number,
): { readonly value: OptionValue; readonly next: number } {
  const following: string[] = [];
  if (attached !== undefined) {
    if (option.takes === 'none') {
      throw syntaxError(`argument ${option.flag}: ignored explicit argument ${pythonRepr(attached)}`);
    }
    following.push(attached);
  }
  const most =
    attached !== undefined || option.takes === 'none' ? 0 : option.takes === 'any' ? words.length : 1;
  let next = start;
  while (next - start < most && found[next]?.kind === 'free') {
    following.push(words[next] ?? '');
    next += 1;
  }
  for (const word of following) checkWord(option, word);
  if (option.takes === 'any') return { value: following, next };
  const value = following[0] ?? option.bare;
  if (value === undefined) throw syntaxError(`argument ${option.flag}: expected one argument`);
  return { value, next };
}

function checkWord(option: CommandOption, word: string): void {
  if (option.integer === true) {
    try {
      pythonInt(word);
    } catch {
      throw syntaxError(`argument ${option.flag}: invalid int value: ${pythonRepr(word)}`);
    }
  }
  checkChoice(option.flag, option.choices, word);
}

function checkChoice(name: string, choices: readonly string[] | undefined, word: string): void {
  if (choices !== undefined && !choices.includes(word)) throw invalidChoice(name, word, choices);
}

/** The syntax error (exit 252) for a word that is none of the choices, with those that come near. */
export function invalidChoice(name: string, word: string, choices: readonly string[]): CommandError {
  const lines = ['Invalid choice, valid choices are:\n'];
  for (let index = 0; index < choices.length; index += 2) {
    lines.push(
      choices
        .slice(index, index + 2)
        .map((choice) => choice.padEnd(40))
        .join(' | '),
    );
  }
  const meant = closeMatches(word, choices);
  if (meant.length > 0) {
    lines.push(`\n\nInvalid choice: ${pythonRepr(word)}, maybe you meant:\n`);
    lines.push(...meant.map((choice) => `  * ${choice}`));
  }
  return syntaxError(`argument ${name}: ${lines.join('\n')}`);
}
