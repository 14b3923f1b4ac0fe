import { quoted, readString } from './json-string.ts';

/** What the reader stands on. `key` is a member's name; its value is the next token. `end` follows the value. */
export type JsonToken =
  | 'start-object'
  | 'end-object'
  | 'start-array'
  | 'end-array'
  | 'key'
  | 'string'
  | 'number'
  | 'true'
  | 'false'
  | 'null'
  | 'end';

/** A place in a text: both count from 1, the column in UTF-16 code units. */
export interface Location {
  readonly line: number;
  readonly column: number;
}

/** The text is not JSON, or is nested deeper than `MAX_DEPTH`. */
export class JsonError extends Error {
  override readonly name = 'JsonError';
  /** Just after the last character that was read. */
  readonly location: Location;
  /** Where in the text the trouble starts, in code units from 0. */
  readonly offset: number;

  constructor(message: string, location: Location, offset: number) {
    super(message);
    this.location = location;
    this.offset = offset;
  }
}

/** Objects and arrays may be nested this deep, in patterns and in events. */
export const MAX_DEPTH = 1000;

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const WORD = /[\p{L}\p{N}_$]*/uy;

const SPACE = 0x20;
const QUOTE = 0x22;

/**
 * Reads one JSON value token by token: numbers keep their source text, repeated keys all appear, and no key
 * is special. `JSON.parse` promises none of these.
 *
 * `location` follows AWS's parser, so that error messages can name the same column: a string value is read
 * to its opening quote only, until somebody asks for its text; a key is read together with the beginning of
 * its value (a whole number or word, the bracket, the quote).
 */
export class JsonReader {
  readonly text: string;
  #at = 0;
  #line = 1;
  #lineStart = 0;
  #token: JsonToken | undefined;
  #tokenStart = 0;
  #key = '';
  #keyStart = 0;
  #string = '';
  #stringIsOpen = false;
  /** The value that was begun when its key was read. */
  #begun: JsonToken | undefined;
  /** Whether the innermost object or array has no entry yet. */
  #isFirst = false;
  readonly #nesting: ('object' | 'array')[] = [];

  constructor(text: string) {
    this.text = text;
  }

  /** The place just after what was read so far. */
  get location(): Location {
    return { line: this.#line, column: this.#at - this.#lineStart + 1 };
  }

  /** Where the current token begins, in code units from 0; for a key that is where its value begins. */
  get tokenStart(): number {
    return this.#tokenStart;
  }

  /** Where the last key begins, in code units from 0. */
  get keyStart(): number {
    return this.#keyStart;
  }

  /** Moves to the next token; after the value's last token, or where there is no value, it is `end`. Throws `JsonError`. */
  next(): JsonToken {
    if (this.#stringIsOpen && this.#token === 'string') this.#finishString();
    const begun = this.#begun;
    this.#begun = undefined;
    const token = begun ?? this.#scan();
    this.#token = token;
    this.#keepNesting(token);
    return token;
  }

  /** The current token's text: a string or key unescaped, anything else as written. Throws `JsonError`. */
  tokenText(): string {
    if (this.#token === 'key') return this.#key;
    if (this.#token !== 'string') return this.text.slice(this.#tokenStart, this.#at);
    if (this.#stringIsOpen) this.#finishString();
    return this.#string;
  }

  /** Moves to the last token of the value that the current token begins. Throws `JsonError`. */
  skipRest(): void {
    if (this.#token !== 'start-object' && this.#token !== 'start-array') return;
    const depth = this.#nesting.length - 1;
    while (this.#nesting.length > depth) this.next();
  }

  /** Throws `JsonError` unless only white space follows the value. */
  expectEnd(): void {
    this.#skipWhiteSpace();
    if (this.#at < this.text.length) this.#failAtNext('was expecting the end of the text');
  }

  #keepNesting(token: JsonToken): void {
    if (token === 'start-object' || token === 'start-array') {
      this.#nesting.push(token === 'start-object' ? 'object' : 'array');
      this.#isFirst = true;
      const depth = this.#nesting.length;
      if (depth > MAX_DEPTH) {
        this.#fail(`Document nesting depth (${depth}) exceeds the maximum allowed (${MAX_DEPTH})`);
      }
      return;
    }
    if (token === 'end-object' || token === 'end-array') this.#nesting.pop();
    this.#isFirst = false;
  }

  #scan(): JsonToken {
    const within = this.#nesting.at(-1);
    this.#skipWhiteSpace();
    this.#tokenStart = this.#at;
    if (within === undefined) {
      const isRead = this.#token !== undefined || this.#at === this.text.length;
      return isRead ? 'end' : this.#scanValue();
    }
    const next = this.text[this.#at];
    if (next === (within === 'object' ? '}' : ']')) {
      return this.#take(within === 'object' ? 'end-object' : 'end-array');
    }
    if (!this.#isFirst) {
      if (next !== ',') {
        this.#failAtNext(
          `was expecting comma to separate ${within === 'object' ? 'Object' : 'Array'} entries`,
        );
      }
      this.#at++;
    }
    return within === 'object' ? this.#scanKey() : this.#scanValue();
  }

  #scanKey(): JsonToken {
    this.#skipWhiteSpace();
    this.#keyStart = this.#at;
    if (this.text.charCodeAt(this.#at) !== QUOTE) {
      this.#failAtNext('was expecting double-quote to start field name');
    }
    this.#at++;
    this.#finishString();
    this.#key = this.#string;
    this.#skipWhiteSpace();
    if (this.text[this.#at] !== ':') {
      this.#failAtNext('was expecting a colon to separate field name and value');
    }
    this.#at++;
    this.#begun = this.#scanValue();
    return 'key';
  }

  #scanValue(): JsonToken {
    this.#skipWhiteSpace();
    this.#tokenStart = this.#at;
    const next = this.text[this.#at];
    if (next === '"') {
      this.#stringIsOpen = true;
      return this.#take('string');
    }
    if (next === '{') return this.#take('start-object');
    if (next === '[') return this.#take('start-array');
    if (next === '-' || (next !== undefined && next >= '0' && next <= '9')) return this.#scanNumber();
    return this.#scanWord();
  }

  #take(token: JsonToken): JsonToken {
    this.#at++;
    return token;
  }

  #scanNumber(): JsonToken {
    NUMBER.lastIndex = this.#at;
    const number = NUMBER.exec(this.text)?.[0];
    if (number === undefined) {
      this.#at++;
      this.#failAtNext(
        'in numeric value: expected digit (0-9) to follow minus sign, for valid numeric value',
      );
    }
    this.#at += number.length;
    const next = this.text[this.#at];
    if (next === '.' && /^-?[0-9]+$/.test(number)) {
      this.#at++;
      this.#failAtNext('in numeric value: Decimal point not followed by a digit');
    }
    if ((number === '0' || number === '-0') && next !== undefined && next >= '0' && next <= '9') {
      this.#fail('Invalid numeric value: Leading zeroes not allowed');
    }
    return 'number';
  }

  #scanWord(): JsonToken {
    WORD.lastIndex = this.#at;
    const word = WORD.exec(this.text)?.[0] ?? '';
    if (word === '')
      this.#failAtNext(
        "expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
      );
    this.#at += word.length;
    if (word === 'true' || word === 'false' || word === 'null') return word;
    this.#fail(
      `Unrecognized token '${word}': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')`,
    );
  }

  #skipWhiteSpace(): void {
    const { text } = this;
    for (;;) {
      const next = text.charCodeAt(this.#at);
      if (next === 0x0a || next === 0x0d) {
        this.#at++;
        if (next === 0x0d && text.charCodeAt(this.#at) === 0x0a) this.#at++;
        this.#line++;
        this.#lineStart = this.#at;
      } else if (next === SPACE || next === 0x09) {
        this.#at++;
      } else {
        return;
      }
    }
  }

  /** Stands just behind the opening quote; goes behind the closing one. */
  #finishString(): void {
    this.#stringIsOpen = false;
    const read = readString(this.text, this.#at);
    this.#at = read.end;
    if ('fault' in read) this.#fail(read.fault);
    this.#string = read.value;
  }

  #failAtNext(expectation: string): never {
    const next = this.text[this.#at];
    if (next === undefined) {
      const within = this.#nesting.at(-1);
      const close =
        within === undefined ? '' : `: expected close marker for ${within === 'object' ? 'Object' : 'Array'}`;
      this.#fail(`Unexpected end-of-input${close}`);
    }
    const offset = this.#at;
    this.#at++;
    this.#fail(
      `Unexpected character (${quoted(next)})${expectation.startsWith('in ') ? ' ' : ': '}${expectation}`,
      offset,
    );
  }

  #fail(message: string, offset = Math.min(this.#tokenStart, this.#at)): never {
    throw new JsonError(message, this.location, offset);
  }
}
