import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { generalError } from '../errors.ts';
import { JsonTextError, parseJson } from '../parameters/json-text.ts';
import type { ParameterValue } from '../parameters/parameter-value.ts';
import { type Entry, type EntryDefaults, EntryError, entryOf, entryOfMembers } from '../send/entry.ts';
import { Inputs } from '../send/inputs.ts';
import { ItemsError } from '../send/json-items.ts';
import { Template, TemplateError } from '../send/template.ts';
import type { CommandContext } from './command.ts';
import type { CommandLine } from './command-line.ts';

/** What a line of `busbar send` has to send. */
export interface Source {
  /** Names what is read: other content has another name. */
  readonly identity: string;
  /** How much has been read, between 0 and 1; undefined when it is not known. */
  readonly share: () => number | undefined;
  /** The items as texts, in order. Throws ItemsError, and the system's error for what can't be read. */
  readonly items: () => AsyncIterable<string>;
  /** Throws EntryError for an item that can be none. */
  readonly toEntry: (item: string, index: number) => Entry;
}

/** Found from the files, the template and the defaults that the line names. Throws a CommandError. */
export function sourceOf(line: CommandLine, { io }: CommandContext): Source {
  const template = templateOf(line, io.cwd);
  const count = line.number('count');
  const defaults: EntryDefaults = {
    eventBusName: line.text('bus'),
    source: line.text('source'),
    detailType: line.text('detail-type'),
  };
  const toEntry = (item: string, index: number) =>
    template === undefined
      ? entryOf(item, index, defaults)
      : entryOfMembers(template.fill(itemValue(item), index), index, defaults);
  if (count !== undefined) {
    if (template === undefined || line.words.length > 0) {
      throw line.error('--count goes with --template, and without files.');
    }
    return generated(count, toEntry);
  }
  if (line.words.length === 0 && 'isTTY' in io.stdin && io.stdin.isTTY === true) {
    throw line.error('name a file, or hand the events in on standard input.');
  }
  const inputs = openInputs(line.words.length === 0 ? ['-'] : line.words, io);
  return { identity: inputs.identity, share: () => inputs.share, items: () => inputs.items(), toEntry };
}

/**
 * The entries of the items, in order, without the first `skip`. `onInvalid` is told of each item that can be none, with
 * its index from 0, and at last, without a text, of an array that has no end. Throws the system's error for what can't
 * be read.
 */
export async function* entriesOf(
  { items, toEntry }: Source,
  skip: number,
  onInvalid: (index: number, item: string, message: string) => void,
): AsyncGenerator<Entry, void> {
  let index = -1;
  try {
    for await (const item of items()) {
      index += 1;
      if (index < skip) continue;
      let entry: Entry;
      try {
        entry = toEntry(item, index);
      } catch (error) {
        if (!(error instanceof EntryError)) throw error;
        onInvalid(index, item, error.message);
        continue;
      }
      yield entry;
    }
  } catch (error) {
    if (!(error instanceof ItemsError)) throw error;
    onInvalid(index + 1, '', error.message);
  }
}

function openInputs(paths: readonly string[], io: CommandContext['io']): Inputs {
  try {
    return new Inputs(paths, io);
  } catch (error) {
    throw generalError(`busbar send: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function generated(count: number, toEntry: Source['toEntry']): Source {
  let made = 0;
  async function* items(): AsyncGenerator<string, void> {
    for (; made < count; made += 1) yield '{}';
  }
  return { identity: `generated:${count}`, share: () => made / count, items, toEntry };
}

function itemValue(item: string): ParameterValue {
  try {
    return parseJson(item);
  } catch (error) {
    if (error instanceof JsonTextError) throw new EntryError(`not JSON: ${error.message}`);
    throw error;
  }
}

function templateOf(line: CommandLine, cwd: string): Template | undefined {
  const given = line.text('template');
  if (given === undefined) return undefined;
  try {
    return new Template(
      given.trimStart().startsWith('{') ? given : readFileSync(resolve(cwd, given), 'utf8'),
    );
  } catch (error) {
    if (error instanceof TemplateError) throw line.error(error.message);
    throw line.error(`the template can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
