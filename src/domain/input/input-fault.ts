import type { InputTransformer, Target } from '../../api-model/types.generated.ts';
import { parseInputPath } from './input-path.ts';
import { type InputTemplate, parseTemplate, placeholdersOf } from './input-template.ts';
import { expectValue, expectValues, JsonSyntaxError } from './json-scanner.ts';
import { EVENT_VARIABLES, isPredefined } from './predefined-variables.ts';

/**
 * What is wrong with a target's Input, InputPath or InputTransformer, in the words of AWS's
 * ValidationException; undefined when PutTargets takes it. That a transformed event may still turn out not to
 * be JSON is in the nature of templates.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Target.html
 */
export function inputFault(
  target: Pick<Target, 'id' | 'input' | 'inputPath' | 'inputTransformer'>,
): string | undefined {
  const { id, input, inputPath, inputTransformer } = target;
  const given = [input, inputPath, inputTransformer].filter((choice) => choice !== undefined);
  if (given.length > 1) {
    return `Only one of Input, InputPath, or InputTransformer must be provided for target ${id}.`;
  }
  if (input !== undefined && input !== '') {
    const place = faultPlace(input, expectValue);
    if (place !== undefined) return `JSON syntax error in input for target ${id}: ${place}`;
  }
  if (inputPath !== undefined && inputPath !== '' && parseInputPath(inputPath) === undefined) {
    return invalidPath(id);
  }
  return inputTransformer === undefined ? undefined : transformerFault(id, inputTransformer);
}

function invalidPath(id: string): string {
  return `InputPath for target ${id} is invalid.`;
}

function transformerFault(
  id: string,
  { inputTemplate, inputPathsMap = {} }: InputTransformer,
): string | undefined {
  if (Object.values(inputPathsMap).some((path) => parseInputPath(path) === undefined)) return invalidPath(id);
  const template = parseTemplate(inputTemplate);
  return unknownName(id, template, inputPathsMap) ?? placeFault(id, template) ?? jsonFault(id, template);
}

/** Without any path of their own, targets may have `<…>` in their text: then it means nothing. */
function unknownName(
  id: string,
  template: InputTemplate,
  paths: Readonly<Record<string, string>>,
): string | undefined {
  if (Object.keys(paths).length === 0) return undefined;
  const unknown = placeholdersOf(template).find(
    ({ name }) => !Object.hasOwn(paths, name) && !isPredefined(name),
  );
  return unknown && `InputTemplate for target ${id} contains invalid placeholder ${unknown.name}.`;
}

function placeFault(id: string, template: InputTemplate): string | undefined {
  const placeholders = placeholdersOf(template);
  if (placeholders.some(({ place }) => place === 'member-name')) {
    return `InputTemplate placeholder present as a JSON object key for target ${id}.`;
  }
  const misplaced = placeholders.find(
    ({ name, place }) => EVENT_VARIABLES.includes(name) && !(template.isObject && place === 'bare'),
  );
  return (
    misplaced &&
    `InputTemplate for target ${id} contains placeholder ${misplaced.name} valid only for JSON template.`
  );
}

/** AWS tries a template with every placeholder null, in strings too, before it knows any event. */
function jsonFault(id: string, template: InputTemplate): string | undefined {
  const tried = template.segments.map((segment) => (typeof segment === 'string' ? segment : 'null')).join('');
  const place = faultPlace(tried, expectValues);
  return place && `Invalid InputTemplate for target ${id} : ${place}.`;
}

function faultPlace(text: string, expect: (text: string) => void): string | undefined {
  try {
    expect(text);
    return undefined;
  } catch (error) {
    if (error instanceof JsonSyntaxError) return placeIn(text, error.offset);
    throw error;
  }
}

// The service cuts long texts short in its own messages.
const LONGEST_QUOTE = 500;

/** How AWS's messages name a place: the text that was read, then line and column, from 1. */
function placeIn(text: string, offset: number): string {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  const column = (lines.at(-1)?.length ?? 0) + 1;
  const cut = text.length - LONGEST_QUOTE;
  const truncated = cut > 0 ? `[truncated ${cut} chars]` : '';
  const shown = text.slice(0, LONGEST_QUOTE).replace(CONTROL, controlEscape);
  return `[Source: (String)"${shown}"${truncated}; line: ${lines.length}, column: ${column}]`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what AWS escapes, but for line breaks.
const CONTROL = /[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

function controlEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}
