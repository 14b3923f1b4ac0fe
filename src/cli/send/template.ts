import { randomUUID } from 'node:crypto';
import { compactJson } from '../output/output-json.ts';
import { JsonTextError, parseJson } from '../parameters/json-text.ts';
import { isList, type ParameterValue } from '../parameters/parameter-value.ts';
import { EntryError } from './entry.ts';

/** A template that can't be used. */
export class TemplateError extends Error {}

const PLACEHOLDER = /\{\{\s*([^{}]+?)\s*\}\}/g;

/**
 * Makes entries out of a JSON template: `{{detail.id}}` stands for what the item holds there, `{{.}}` for the whole
 * item, `{{$index}}` for its number from 0, `{{$uuid}}` and `{{$now}}` for a fresh id and the time. A text that is
 * nothing but a placeholder becomes the value with its kind, within other text it becomes text.
 */
export class Template {
  readonly #value: ParameterValue;

  /** Throws TemplateError for a text that is no JSON object. */
  constructor(text: string) {
    try {
      this.#value = parseJson(text);
    } catch (error) {
      if (error instanceof JsonTextError)
        throw new TemplateError(`The template is not JSON: ${error.message}`);
      throw error;
    }
    if (!(this.#value instanceof Map)) throw new TemplateError('The template is not a JSON object.');
  }

  /** The entry for one item. Throws EntryError when the item lacks what the template asks for. */
  fill(item: ParameterValue, index: number): ReadonlyMap<string, ParameterValue> {
    const filled = this.#filled(this.#value, item, index);
    return filled instanceof Map ? filled : new Map();
  }

  #filled(value: ParameterValue, item: ParameterValue, index: number): ParameterValue {
    if (typeof value === 'string') return filledText(value, (name) => placeholderValue(name, item, index));
    if (value !== null && isList(value)) return value.map((inner) => this.#filled(inner, item, index));
    if (!(value instanceof Map)) return value;
    return new Map([...value].map(([key, inner]) => [key, this.#filled(inner, item, index)]));
  }
}

function filledText(text: string, valueFor: (name: string) => ParameterValue): ParameterValue {
  const whole = /^\{\{\s*([^{}]+?)\s*\}\}$/.exec(text)?.[1];
  if (whole !== undefined) return valueFor(whole);
  return text.replace(PLACEHOLDER, (_, name: string) => {
    const value = valueFor(name);
    return typeof value === 'string' ? value : compactJson(value);
  });
}

function placeholderValue(name: string, item: ParameterValue, index: number): ParameterValue {
  if (name === '$index') return BigInt(index);
  if (name === '$uuid') return randomUUID();
  if (name === '$now') return new Date().toISOString();
  if (name === '.') return item;
  let value: ParameterValue | undefined = item;
  for (const part of name.split('.')) {
    if (value instanceof Map) value = value.get(part);
    else if (value !== null && value !== undefined && isList(value)) value = value[Number(part)];
    else value = undefined;
  }
  if (value === undefined) throw new EntryError(`the template asks for {{${name}}}, which is not there`);
  return value;
}
