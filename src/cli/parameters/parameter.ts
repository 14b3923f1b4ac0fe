import { shapeOf } from '../../api-model/api-model.ts';
import type { OptionValue } from '../argument-parser.ts';
import { generalError, parameterError } from '../errors.ts';
import type { InputMember } from '../operations/operation-options.ts';
import { pythonInt } from '../python-text.ts';
import { JsonTextError, parseJson } from './json-text.ts';
import { ParameterFileError, type ParameterFiles } from './parameter-file.ts';
import type { ParameterValue } from './parameter-value.ts';
import { FileReference, parseShorthand, ShorthandError, type ShorthandValue } from './shorthand.ts';
import { shorthandByModel, takesShorthand } from './shorthand-model.ts';

/**
 * The value of one parameter from what was typed for it: a file's content where a single word names one, then
 * JSON, shorthand, or the plain text, as the model and the first character decide.
 * Throws a CommandError: exit 252 for a text that can't be parsed, 255 for a bad integer.
 */
export async function readParameter(
  member: InputMember,
  typed: OptionValue,
  files: ParameterFiles,
): Promise<ParameterValue> {
  if (typeof typed === 'boolean') return typed;
  const fromFile = await contentOfFile(member, typed, files);
  const shape = shapeOf(member.shape);
  if (shape.type === 'list') {
    return listParameter(member, fromFile === undefined ? typed : wordsOfFile(fromFile), files);
  }
  const text = fromFile ?? String(typed);
  if (shape.type === 'integer' || shape.type === 'long') return pythonInt(text);
  if (!takesShorthand(shape)) return text;
  return looksLikeJson(text) ? objectOf(member, text) : shorthandOf(member, text, files);
}

// A list option is a file's content only when it has one word.
async function contentOfFile(
  member: InputMember,
  typed: string | readonly string[],
  files: ParameterFiles,
): Promise<string | undefined> {
  const only = typeof typed === 'string' ? typed : typed.length === 1 ? typed[0] : undefined;
  if (only === undefined) return undefined;
  try {
    return (await files.read(only)) ?? (takesDash(member) ? await files.readDash(only) : undefined);
  } catch (error) {
    if (error instanceof ParameterFileError) throw parameterError(member.option.flag, error.message);
    throw error;
  }
}

// Names and ids may be a dash; JSON and shorthand never are one.
function takesDash({ shape, name }: InputMember): boolean {
  return takesShorthand(shapeOf(shape)) || name === 'EventPattern' || name === 'Event';
}

// A file holds a JSON list, or one item as it would be typed (the AWS CLI takes the list only). The newline
// at the end of the file is none of the item's.
function wordsOfFile(content: string): readonly string[] {
  return [content.trim()];
}

async function listParameter(
  member: InputMember,
  typed: string | readonly string[],
  files: ParameterFiles,
): Promise<ParameterValue> {
  const words = typeof typed === 'string' ? [typed] : typed;
  const first = words[0] ?? '';
  if (words.length === 1 && first.trim().startsWith('[')) return jsonOf(member, first);
  const shape = shapeOf(member.shape);
  if (takesShorthand(shape) && words.length > 0 && !looksLikeJson(first)) {
    const items: ParameterValue[] = [];
    for (const word of words) items.push(await parsedShorthand(member, word, files));
    return shorthandByModel(items, member.shape);
  }
  return takesShorthand(shape) ? words.map((word) => objectOf(member, word)) : words;
}

function looksLikeJson(text: string): boolean {
  return /^\s*[[{]/.test(text);
}

function objectOf(member: InputMember, text: string): ParameterValue {
  if (text.trimStart().startsWith('{')) return jsonOf(member, text);
  throw parameterError(member.option.flag, `Invalid JSON:\n${text}`);
}

function jsonOf(member: InputMember, text: string): ParameterValue {
  try {
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof JsonTextError)) throw error;
    throw parameterError(member.option.flag, `Invalid JSON: ${error.message}\nJSON received: ${text}`);
  }
}

async function shorthandOf(
  member: InputMember,
  text: string,
  files: ParameterFiles,
): Promise<ParameterValue> {
  return shorthandByModel(await parsedShorthand(member, text, files), member.shape);
}

async function parsedShorthand(
  member: InputMember,
  text: string,
  files: ParameterFiles,
): Promise<ParameterValue> {
  try {
    return await withFiles(parseShorthand(text), files);
  } catch (error) {
    if (error instanceof ShorthandError) throw parameterError(member.option.flag, error.message);
    if (error instanceof ParameterFileError) throw generalError(error.message);
    throw error;
  }
}

async function withFiles(value: ShorthandValue, files: ParameterFiles): Promise<ParameterValue> {
  if (typeof value === 'string') return value;
  if (value instanceof FileReference) return (await files.read(value.uri)) ?? value.uri;
  if (value instanceof Map) {
    const members = new Map<string, ParameterValue>();
    for (const [key, item] of value) members.set(key, await withFiles(item, files));
    return members;
  }
  const items: ParameterValue[] = [];
  for (const item of value as readonly ShorthandValue[]) items.push(await withFiles(item, files));
  return items;
}
