import { milliseconds } from '../../domain/duration.ts';
import { closeMatches } from '../close-matches.ts';
import { CommandError } from '../errors.ts';
import type { Command } from './command.ts';

/** What was typed behind a command's name, global options aside. */
export class CommandLine {
  /** The words that are no options and no values of options, in their order. */
  readonly words: readonly string[];
  readonly #command: string;
  readonly #values: ReadonlyMap<string, readonly string[]>;

  constructor(command: string, words: readonly string[], values: ReadonlyMap<string, readonly string[]>) {
    this.#command = command;
    this.words = words;
    this.#values = values;
  }

  /** The last value of an option; undefined without the option. */
  text(name: string): string | undefined {
    return this.#values.get(name)?.at(-1);
  }

  /** All values of an option, in their order. */
  texts(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** A number that an option gives, more than 0. Throws the usage error for anything else. */
  number(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const number = Number(text);
    if (text.trim() !== '' && number > 0 && Number.isFinite(number)) return number;
    throw this.error(`--${name} takes a number above 0, not "${text}".`);
  }

  /** A length of time that an option gives, as in `90s`, `1h30m` or `500ms`, or in seconds; in milliseconds. */
  milliseconds(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    try {
      return milliseconds(/^\d+(\.\d+)?$/.test(text) ? `${text}s` : text);
    } catch {
      throw this.error(`--${name} takes a time such as 90s, 10m or 2h, not "${text}".`);
    }
  }

  /** A command line that makes no sense: says what is wrong, and where the help is. Exit 252. */
  error(message: string): CommandError {
    return usageError(this.#command, message);
  }
}

/**
 * Reads the words behind a command's name: `--name value`, `--name=value`, `--switch`, and free words anywhere;
 * `--` makes all that follow free. Throws the usage error (exit 252) for options that the command doesn't have, and
 * for values that are missing or too many.
 */
export function readCommandLine({ name: command, options }: Command, words: readonly string[]): CommandLine {
  const free: string[] = [];
  const values = new Map<string, string[]>();
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (word === '--') {
      free.push(...words.slice(index + 1));
      break;
    }
    if (!word.startsWith('--')) {
      if (/^-\D/.test(word)) throw usageError(command, `there is no option ${word}.`);
      free.push(word);
      continue;
    }
    const [name = '', attached] = splitOnce(word.slice(2), '=');
    const option = options.find((known) => known.name === name);
    if (option === undefined) throw unknown(command, name, options);
    if (option.value === undefined && attached !== undefined) {
      throw usageError(command, `--${name} takes no value.`);
    }
    const value = option.value === undefined ? '' : (attached ?? words[++index]);
    if (value === undefined)
      throw usageError(command, `--${name} wants its value: --${name} ${option.value}`);
    values.set(name, [...(values.get(name) ?? []), value]);
  }
  return new CommandLine(command, free, values);
}

/** What is wrong with the way a command was called, and where its help is. Exit 252. */
function usageError(command: string, message: string): CommandError {
  return new CommandError(`busbar ${command}: ${message}\nSee: busbar ${command} --help`, {
    exitCode: 252,
    code: 'Usage',
  });
}

/** The parts of a text before and after the first separator; the second is undefined when there is none. */
export function splitOnce(text: string, separator: string): readonly [string, string | undefined] {
  const cut = text.indexOf(separator);
  return cut < 0 ? [text, undefined] : [text.slice(0, cut), text.slice(cut + separator.length)];
}

function unknown(command: string, name: string, options: Command['options']): CommandError {
  const [meant] = closeMatches(
    name,
    options.map((option) => option.name),
  );
  return usageError(
    command,
    `there is no option --${name}.${meant === undefined ? '' : ` Did you mean --${meant}?`}`,
  );
}
