import type { InputTransformer, Target } from '../../api-model/types.generated.ts';
import { defaultLimits, type Limits } from '../limits.ts';
import { compactJson } from './compact-json.ts';
import { parseInputPath, valueAt } from './input-path.ts';
import { parseTemplate } from './input-template.ts';
import { endOfSpace, expectValues, JsonSyntaxError } from './json-scanner.ts';
import { JsonView } from './json-view.ts';
import { type InputSource, predefinedValue } from './predefined-variables.ts';
import { MISSING, renderTemplate, type Variables } from './render-template.ts';

/** What becomes of an event on its way to a target. */
export type TargetInput =
  /** The target receives this text. */
  | { readonly kind: 'text'; readonly text: string }
  /** There is nothing to deliver, and AWS delivers nothing. */
  | { readonly kind: 'nothing' }
  /** The template made a text that is not JSON: AWS does not deliver it. */
  | { readonly kind: 'invalid'; readonly text: string }
  /** The template makes more of this event than the limit. */
  | { readonly kind: 'too-long' };

/** The parts of a target that say what it receives. */
export type InputChoice = Pick<Target, 'input' | 'inputPath' | 'inputTransformer'>;

/**
 * What a target receives of an event: its constant Input byte for byte, the part that its InputPath names, what
 * its InputTransformer makes, or else the whole event without insignificant white space. The event's numbers
 * keep their digits and its members their order; the event itself is never changed.
 *
 * Throws `JsonSyntaxError` when the event has to be looked into and is not JSON.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export function targetInput(
  target: InputChoice,
  source: InputSource,
  limits: Pick<Limits, 'targetInputCharacters'> = defaultLimits,
): TargetInput {
  const { input, inputPath, inputTransformer } = target;
  if (input !== undefined) return input === '' ? { kind: 'nothing' } : { kind: 'text', text: input };
  if (inputPath !== undefined) return { kind: 'text', text: selected(inputPath, source.event) };
  if (inputTransformer !== undefined) {
    return transformed(inputTransformer, source, limits.targetInputCharacters);
  }
  return { kind: 'text', text: compactJson(source.event) };
}

function selected(path: string, eventText: string): string {
  const value = found(path, new JsonView(eventText));
  return value === undefined || value === 'null' ? '{}' : value;
}

function transformed(
  { inputTemplate, inputPathsMap = {} }: InputTransformer,
  source: InputSource,
  maximumCharacters: number,
): TargetInput {
  const event = new JsonView(source.event);
  const variables = remembered((name) =>
    Object.hasOwn(inputPathsMap, name)
      ? (found(inputPathsMap[name] ?? '', event) ?? MISSING)
      : predefinedValue(name, source, event),
  );
  const text = renderTemplate(parseTemplate(inputTemplate), variables, maximumCharacters);
  if (text === undefined) return { kind: 'too-long' };
  if (endOfSpace(text, 0) === text.length) return { kind: 'nothing' };
  return { kind: isJsonValues(text) ? 'text' : 'invalid', text };
}

/** A template may use a name thousands of times, and looking for its value may take the whole of a large event. */
function remembered(variables: Variables): Variables {
  const known = new Map<string, ReturnType<Variables>>();
  return (name) => {
    if (!known.has(name)) known.set(name, variables(name));
    return known.get(name);
  };
}

function found(pathText: string, event: JsonView): string | undefined {
  const path = parseInputPath(pathText);
  return path === undefined ? undefined : valueAt(event, path);
}

function isJsonValues(text: string): boolean {
  try {
    expectValues(text);
    return true;
  } catch (error) {
    if (error instanceof JsonSyntaxError) return false;
    throw error;
  }
}
