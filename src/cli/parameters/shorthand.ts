/**
 * The AWS CLI's shorthand: `Source=my.app,Resources=a,b,Detail="{…}"`.
 *
 *     parameter = keyval *("," keyval)
 *     keyval    = key ["@"] "=" [csv-list / list / hash]
 *     list      = "[" [item *("," item)] "]"          hash = "{" [keyval with an item *("," …)] "}"
 *
 * It knows no model: everything is text, a list of texts or a map; shorthand-model.ts gives them their kinds.
 * AWS page: https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-shorthand.html
 */

/** What `key@=file://…` asks for: the content of a file in the place of the value. */
export class FileReference {
  readonly uri: string;

  constructor(uri: string) {
    this.uri = uri;
  }
}

export type ShorthandValue =
  | string
  | FileReference
  | readonly ShorthandValue[]
  | ReadonlyMap<string, ShorthandValue>;

/** A text that is no shorthand. The message shows the text with a caret under the place. */
export class ShorthandError extends Error {
  constructor(what: string, text: string, index: number, advice = '') {
    super(`${what} for input:\n${withCaret(text, index)}${advice}`);
    this.name = 'ShorthandError';
  }
}

/** Reads one word of shorthand. Throws ShorthandError and nothing else. */
export function parseShorthand(text: string): ReadonlyMap<string, ShorthandValue> {
  return new ShorthandReader(text).parameter();
}

// Bare values. A first one may hold "=", a further one of a list may not, for there "=" ends the name of the
// next key. Characters beyond the basic plane need quotes. `\,` is a comma inside a value.
const START = '\\\\,|[!#-&(-+\\--<>-Z\\\\-z|-\\ud7ff\\ue000-\\uffff]';
const FIRST = new RegExp(`(?:${START})(?:\\\\,|[\\s!#-&(-+\\--\\\\^-|~-\\ud7ff\\ue000-\\uffff])*`, 'y');
const FURTHER = new RegExp(`(?:${START})(?:\\\\,|[\\s!#-&(-+\\--<>-\\ud7ff\\ue000-\\uffff])*`, 'y');
const KEY = /[A-Za-z0-9\-_.#/:]*/y;
const SPACE = /[ \t\n\r\v\f]*/y;

// Lists and hashes within each other; deeper ones would exhaust the stack.
const MAX_DEPTH = 500;

class ShorthandReader {
  readonly #text: string;
  #index = 0;
  #readsFiles = false;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  parameter(): ReadonlyMap<string, ShorthandValue> {
    const members = new Map<string, ShorthandValue>();
    let previousEnd = 0;
    for (;;) {
      const key = this.#key();
      const value = this.#value();
      if (members.has(key)) {
        throw new ShorthandError(
          `Second instance of key "${key}" encountered`,
          this.#text,
          previousEnd + 1,
          '\nThis is often because there is a preceding "," instead of a space.',
        );
      }
      members.set(key, value);
      previousEnd = this.#index;
      if (this.#atEnd()) return members;
      this.#expect(',');
      this.#take(SPACE);
    }
  }

  #key(): string {
    const key = this.#take(KEY);
    this.#take(SPACE);
    this.#readsFiles = this.#current() === '@';
    if (this.#readsFiles) this.#index += 1;
    this.#expect('=');
    this.#take(SPACE);
    return key;
  }

  #value(): ShorthandValue {
    if (this.#atEnd()) return '';
    if (this.#current() === '[') return this.#list();
    if (this.#current() === '{') return this.#hash();
    return this.#commaSeparated();
  }

  // `a=b,c,d=e` is a list of two, then the key d. That is seen only when "=" comes where "," should: then the
  // reading goes back to the last comma.
  #commaSeparated(): ShorthandValue {
    const first = this.#first();
    this.#take(SPACE);
    if (this.#current() !== ',') return first;
    const list = [first];
    do {
      this.#comma();
      if (this.#atEnd()) throw this.#error('<second>', '<none>');
      const further = this.#further();
      if (further !== undefined) this.#take(SPACE);
      if (further === undefined || !(this.#atEnd() || this.#current() === ',')) {
        this.#index = this.#text.lastIndexOf(',', this.#index);
        break;
      }
      list.push(further);
    } while (!this.#atEnd());
    return list.length === 1 ? first : list;
  }

  #list(): ShorthandValue {
    const list: ShorthandValue[] = [];
    this.#index += 1;
    this.#take(SPACE);
    while (this.#current() !== ']') {
      list.push(this.#item());
      this.#take(SPACE);
      if (this.#current() !== ']') this.#comma();
    }
    this.#index += 1;
    return list;
  }

  #hash(): ShorthandValue {
    const members = new Map<string, ShorthandValue>();
    this.#index += 1;
    this.#take(SPACE);
    while (this.#current() !== '}') {
      const key = this.#key();
      members.set(key, this.#item());
      this.#take(SPACE);
      if (this.#current() !== '}') this.#comma();
    }
    this.#index += 1;
    return members;
  }

  #item(): ShorthandValue {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw new ShorthandError('Nested too deep', this.#text, this.#index);
    try {
      return this.#nested();
    } finally {
      this.#depth -= 1;
    }
  }

  #nested(): ShorthandValue {
    if (this.#current() === '[') return this.#list();
    if (this.#current() === '{') return this.#hash();
    return this.#first();
  }

  #first(): ShorthandValue {
    const quote = this.#quote();
    if (quote === undefined) return this.#bare(FIRST) ?? '';
    const value = this.#quoted(quote);
    if (value !== undefined) return value;
    throw this.#error(quote === "'" ? '<singled quoted>' : '<double quoted>', '<none>');
  }

  #further(): ShorthandValue | undefined {
    const quote = this.#quote();
    return quote === undefined ? this.#bare(FURTHER) : this.#quoted(quote);
  }

  #quote(): string | undefined {
    const current = this.#current();
    return current === "'" || current === '"' ? current : undefined;
  }

  #bare(pattern: RegExp): ShorthandValue | undefined {
    const taken = this.#take(pattern);
    return taken === '' ? undefined : this.#fileOr(taken.replaceAll('\\,', ',').trimEnd());
  }

  #quoted(quote: string): ShorthandValue | undefined {
    const end = closingQuote(this.#text, this.#index);
    if (end === undefined) return undefined;
    const inner = this.#text.slice(this.#index + 1, end);
    this.#index = end + 1;
    return this.#fileOr(
      inner.replace(/\\(['"\\])/g, (pair, mark) => (mark === '\\' || mark === quote ? mark : pair)),
    );
  }

  #fileOr(value: string): ShorthandValue {
    return this.#readsFiles && /^fileb?:\/\//.test(value) ? new FileReference(value) : value;
  }

  #comma(): void {
    this.#take(SPACE);
    this.#expect(',');
    this.#take(SPACE);
  }

  #expect(character: string): void {
    this.#take(SPACE);
    if (this.#atEnd()) throw this.#error(character, 'EOF');
    if (this.#current() !== character) throw this.#error(character, this.#current());
    this.#index += 1;
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#index;
    const taken = pattern.exec(this.#text)?.[0] ?? '';
    this.#index += taken.length;
    return taken;
  }

  #atEnd(): boolean {
    return this.#index >= this.#text.length;
  }

  #current(): string {
    return this.#atEnd() ? '' : String.fromCodePoint(this.#text.codePointAt(this.#index) ?? 0);
  }

  #error(expected: string, received: string): ShorthandError {
    return new ShorthandError(`Expected: '${expected}', received: '${received}'`, this.#text, this.#index);
  }
}

// A backslash escapes a quote or a backslash. When that leaves no closing quote, the last quote of the text
// closes even though a backslash stands before it: `"C:\dir\"` is what it looks like.
function closingQuote(text: string, start: number): number | undefined {
  const quote = text.charAt(start);
  let index = start + 1;
  while (index < text.length) {
    const character = text.charAt(index);
    if (character === quote) return index;
    const next = text.charAt(index + 1);
    index += character === '\\' && (next === quote || next === '\\') ? 2 : 1;
  }
  const last = text.lastIndexOf(quote);
  return last > start ? last : undefined;
}

// The lines up to the one with the index, the caret below it, the lines that follow.
function withCaret(text: string, index: number): string {
  const lineStart = text.slice(0, index).lastIndexOf('\n') + 1;
  const lineEnd = text.indexOf('\n', index);
  const [shown, rest] = lineEnd < 0 ? [text, ''] : [text.slice(0, lineEnd), text.slice(lineEnd)];
  return `${shown}\n${' '.repeat([...text.slice(lineStart, index)].length)}^${rest}`;
}
