/**
 * JSON as the AWS CLI reads it. JSON.parse would do but for three things that users see: integers keep all
 * their digits and differ from fractions, `NaN` and `Infinity` are accepted, and the messages of failures.
 */
import { JsonObject, type ParameterValue } from './parameter-value.ts';

/** A text that is no JSON. The message says what was expected and where, as Python's does. */
export class JsonTextError extends Error {
  constructor(what: string, text: string, index: number) {
    const before = text.slice(0, index);
    const line = before.split('\n').length;
    const column = [...before.slice(before.lastIndexOf('\n') + 1)].length + 1;
    super(`${what}: line ${line} column ${column} (char ${[...before].length})`);
    this.name = 'JsonTextError';
  }
}

/**
 * Reads one JSON value. Objects become `JsonObject` (in the order of the text, the last of equal keys wins).
 * Throws JsonTextError.
 */
export function parseJson(text: string): ParameterValue {
  return new JsonReader(text).document();
}

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /(-?(?:0|[1-9]\d*))(\.\d+)?([eE][+-]?\d+)?/y;
// All but quotes, backslashes and the first thirty-two characters.
const PLAIN = /[ !#-[\]-\uffff]*/y;
const WORDS: ReadonlyMap<string, ParameterValue> = new Map<string, ParameterValue>([
  ['null', null],
  ['true', true],
  ['false', false],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]);
const ESCAPED: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

class JsonReader {
  readonly #text: string;
  #index = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): ParameterValue {
    this.#take(SPACE);
    const value = this.#value();
    this.#take(SPACE);
    if (this.#index < this.#text.length) throw this.#error('Extra data');
    return value;
  }

  #value(): ParameterValue {
    const start = this.#text.charAt(this.#index);
    if (start === '"') return this.#string();
    if (start === '{') return this.#object();
    if (start === '[') return this.#list();
    for (const [word, value] of WORDS) {
      if (!this.#text.startsWith(word, this.#index)) continue;
      this.#index += word.length;
      return value;
    }
    return this.#number();
  }

  #number(): ParameterValue {
    NUMBER.lastIndex = this.#index;
    const match = NUMBER.exec(this.#text);
    if (match === null) throw this.#error('Expecting value');
    this.#index = NUMBER.lastIndex;
    const [whole, integer = '0', fraction, exponent] = match;
    return fraction === undefined && exponent === undefined ? BigInt(integer) : Number(whole);
  }

  #object(): ParameterValue {
    const object = new JsonObject();
    this.#index += 1;
    this.#take(SPACE);
    if (this.#next('}')) return object;
    for (;;) {
      if (this.#text.charAt(this.#index) !== '"') {
        throw this.#error('Expecting property name enclosed in double quotes');
      }
      const key = this.#string();
      this.#take(SPACE);
      if (!this.#next(':')) throw this.#error("Expecting ':' delimiter");
      this.#take(SPACE);
      object.set(key, this.#value());
      this.#take(SPACE);
      if (this.#next('}')) return object;
      if (!this.#next(',')) throw this.#error("Expecting ',' delimiter");
      this.#take(SPACE);
    }
  }

  #list(): ParameterValue {
    const list: ParameterValue[] = [];
    this.#index += 1;
    this.#take(SPACE);
    if (this.#next(']')) return list;
    for (;;) {
      list.push(this.#value());
      this.#take(SPACE);
      if (this.#next(']')) return list;
      if (!this.#next(',')) throw this.#error("Expecting ',' delimiter");
      this.#take(SPACE);
    }
  }

  #string(): string {
    const start = this.#index;
    this.#index += 1;
    let value = '';
    for (;;) {
      value += this.#take(PLAIN);
      const character = this.#text.charAt(this.#index);
      if (character === '') throw this.#error('Unterminated string starting at', start);
      if (character === '"') {
        this.#index += 1;
        return value;
      }
      if (character !== '\\') throw this.#error('Invalid control character at');
      value += this.#escape(start);
    }
  }

  #escape(start: number): string {
    const letter = this.#text.charAt(this.#index + 1);
    if (letter === '') throw this.#error('Unterminated string starting at', start);
    if (letter === 'u') {
      const digits = this.#text.slice(this.#index + 2, this.#index + 6);
      if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw this.#error('Invalid \\uXXXX escape', this.#index + 1);
      this.#index += 6;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const escaped = ESCAPED[letter];
    if (escaped === undefined) throw this.#error('Invalid \\escape');
    this.#index += 2;
    return escaped;
  }

  #next(character: string): boolean {
    if (this.#text.charAt(this.#index) !== character) return false;
    this.#index += 1;
    return true;
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#index;
    const taken = pattern.exec(this.#text)?.[0] ?? '';
    this.#index += taken.length;
    return taken;
  }

  #error(what: string, index = this.#index): JsonTextError {
    return new JsonTextError(what, this.#text, index);
  }
}
