import type { CommandIo } from '../command-io.ts';
import { ownCommands } from '../commands/index.ts';
import { operationTexts } from '../help/operation-texts/index.ts';
import { operationsByCommand } from '../operations/operations-by-command.ts';
import { busNames } from './bus-names.ts';
import { type CompletedOption, TEXT, type ValueKind } from './completed-option.ts';
import { completedGlobals, completedOptions } from './event-options.ts';
import { completedCommand } from './own-options.ts';
import { optionOf, readTypedLine, type TypedLine } from './typed-line.ts';

/** What may stand in the place of the word that is being typed. */
export interface Candidates {
  /** Whole words, each with what it is for. That they begin as the typed word does is the shell's to see to. */
  readonly words: readonly Candidate[];
  /** Whether the shell completes paths too: of files, or of folders alone; behind `file://` where that was typed. */
  readonly paths?: 'files' | 'folders';
}

type Candidate = readonly [word: string, about: string];

const NONE: Candidates = { words: [] };

/**
 * What may stand in the place of the last of these words, which are those behind the program's name. Asks the bus of
 * this machine for names where names are wanted; never throws for what is typed.
 */
export async function candidatesFor(words: readonly string[], io: CommandIo): Promise<Candidates> {
  const before = words.slice(0, -1);
  const current = words.at(-1) ?? '';
  const place = await placeOf(before);
  const { line, options } = place;
  if (line.isBehind) return { words: [], paths: 'files' };
  const values = (value: ValueKind) => valuesOf(value, current, { line, io });
  if (line.pending !== undefined) {
    const found = await values(line.pending.value);
    return line.pending.takes === 'one' || !current.startsWith('-')
      ? found
      : { ...found, words: [...found.words, ...flagsOf(options, line)] };
  }
  const [flag = '', attached] = current.split(/=(.*)/s);
  if (current.startsWith('--') && attached !== undefined) {
    const option = optionOf(flag, options);
    if (option === undefined || option.takes === 'none') return NONE;
    const found = await valuesOf(option.value, attached, { line, io });
    return { ...found, words: found.words.map(([word, about]) => [`${flag}=${word}`, about]) };
  }
  if (current.startsWith('-')) return { words: flagsOf(options, line) };
  const found = 'words' in place ? { words: place.words } : await values(await place.word);
  if (found.words.length > 0 || found.paths !== undefined || current !== '') return found;
  return { words: flagsOf(place.ownOptions, line) };
}

interface Place {
  readonly line: TypedLine;
  /** Of the command or operation. */
  readonly ownOptions: readonly CompletedOption[];
  /** These and the global ones. */
  readonly options: readonly CompletedOption[];
}

// The options that take a value decide which word is the command, and the command which options there are.
async function placeOf(
  before: readonly string[],
): Promise<
  Place & ({ readonly words: readonly Candidate[] } | { readonly word: ValueKind | Promise<ValueKind> })
> {
  const globals = completedGlobals();
  const at = (ownOptions: readonly CompletedOption[]) => {
    const options = [
      ...ownOptions,
      ...globals.filter(({ flag }) => !ownOptions.some((own) => own.flag === flag)),
    ];
    return { ownOptions, options, line: readTypedLine(before, options) };
  };
  const [command, operationName] = readTypedLine(before, globals).free;
  if (command === undefined) return { ...at([]), words: commandWords() };
  if (command === 'events') {
    if (operationName === undefined) return { ...at([]), words: operationWords() };
    const operation = operationsByCommand.get(operationName);
    return { ...at(operation === undefined ? [] : completedOptions(operation)), word: TEXT };
  }
  const own = await completedCommand(command);
  if (own === undefined) return { ...at([]), word: TEXT };
  const place = at(own.options);
  return { ...place, word: own.word(place.line.free.slice(1)) };
}

function commandWords(): readonly Candidate[] {
  return [
    ['start', 'start a bus on this machine'],
    ['events', 'call EventBridge as "aws events" does'],
    ...Object.entries(ownCommands).map(([name, { about }]): Candidate => [name, about]),
    ['help', 'what there is'],
  ];
}

function operationWords(): readonly Candidate[] {
  const names = [...operationsByCommand.keys()];
  return [
    ...names.map((name): Candidate => [name, operationTexts[name]?.about ?? '']),
    ['help', 'what there is'],
  ];
}

// What was given already need not be given again, but for options that take a list of them.
function flagsOf(options: readonly CompletedOption[], { given }: TypedLine): readonly Candidate[] {
  return options
    .filter(({ flag, about }) => !given.has(flag) || /\bOften\b/.test(about))
    .map(({ flag, about }) => [flag, about]);
}

async function valuesOf(
  value: ValueKind,
  typed: string,
  { line, io }: { readonly line: TypedLine; readonly io: CommandIo },
): Promise<Candidates> {
  if (/^fileb?:\/\//.test(typed)) return { words: [], paths: 'files' };
  switch (value.kind) {
    case 'text':
      return NONE;
    case 'choices':
      return { words: value.choices.map((choice) => [choice, '']) };
    case 'files':
    case 'folders':
      return { words: [], paths: value.kind };
    case 'document':
      return { words: [['file://', 'read it from a file']] };
    case 'names':
      return { words: (await busNames(value.of, line.given, io)).map((name) => [name, '']) };
  }
}
