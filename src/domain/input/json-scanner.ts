/** A text is not JSON. `offset` is where the token begins that does not belong there, in code units from 0. */
export class JsonSyntaxError extends Error {
  override readonly name = 'JsonSyntaxError';
  readonly offset: number;

  constructor(offset: number) {
    super(`The text is not JSON at offset ${offset}.`);
    this.offset = offset;
  }
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;

// Both closing brackets come two places after the opening ones.
const CLOSER_DISTANCE = 2;

const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const SCALAR = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;

/** The position of the first character at or behind `at` that is not white space. */
export function endOfSpace(text: string, at: number): number {
  let end = at;
  while (isSpace(text.charCodeAt(end))) end++;
  return end;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

/** The position behind the string whose opening quote is at `start`. Throws `JsonSyntaxError`. */
export function endOfString(text: string, start: number): number {
  if (text.charCodeAt(start) !== QUOTE) throw new JsonSyntaxError(start);
  for (let at = start + 1; ; ) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code === BACKSLASH) {
      ESCAPE.lastIndex = at;
      if (!ESCAPE.test(text)) throw new JsonSyntaxError(start);
      at = ESCAPE.lastIndex;
    } else if (code >= 0x20) {
      at++;
    } else {
      // A control character, or NaN at the end of the text.
      throw new JsonSyntaxError(start);
    }
  }
}

/** The position of the value of the member whose name starts at `start`. Throws `JsonSyntaxError`. */
export function endOfMemberName(text: string, start: number): number {
  const colon = endOfSpace(text, endOfString(text, start));
  if (text.charCodeAt(colon) !== COLON) throw new JsonSyntaxError(colon);
  return endOfSpace(text, colon + 1);
}

/** Where each object and list of a text ends, by where it starts. */
export type ContainerEnds = Map<number, number>;

/**
 * The position behind the JSON value that starts at `start`, at any depth of nesting: nothing here calls
 * itself. Notes in `ends` what it went through. Throws `JsonSyntaxError`.
 */
export function endOfValue(text: string, start: number, ends?: ContainerEnds): number {
  const nesting: Nesting = { open: [], ends };
  for (let at = start; ; ) {
    const code = text.charCodeAt(at);
    if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      nesting.open.push(at);
      at = endOfSpace(text, at + 1);
      if (text.charCodeAt(at) !== code + CLOSER_DISTANCE) {
        if (code === OPEN_BRACE) at = endOfMemberName(text, at);
        continue;
      }
    } else {
      at = code === QUOTE ? endOfString(text, at) : endOfScalar(text, at);
    }
    at = nextValue(text, at, nesting);
    if (nesting.open.length === 0) return at;
  }
}

function endOfScalar(text: string, start: number): number {
  SCALAR.lastIndex = start;
  if (!SCALAR.test(text)) throw new JsonSyntaxError(start);
  return SCALAR.lastIndex;
}

interface Nesting {
  /** Where the objects and lists start that have not ended yet, the outermost first. */
  readonly open: number[];
  readonly ends: ContainerEnds | undefined;
}

/** From behind a value to the next one inside what is still open; or behind it all when nothing is. */
function nextValue(text: string, end: number, { open, ends }: Nesting): number {
  let at = end;
  for (;;) {
    const container = open.at(-1);
    if (container === undefined) return at;
    const opener = text.charCodeAt(container);
    at = endOfSpace(text, at);
    const code = text.charCodeAt(at);
    if (code === opener + CLOSER_DISTANCE) {
      open.pop();
      at++;
      ends?.set(container, at);
    } else if (code === COMMA) {
      at = endOfSpace(text, at + 1);
      return opener === OPEN_BRACE ? endOfMemberName(text, at) : at;
    } else {
      throw new JsonSyntaxError(at);
    }
  }
}

/**
 * Throws `JsonSyntaxError` unless the text is one JSON value, with white space around it at most. Notes in
 * `ends` what it went through.
 */
export function expectValue(text: string, ends?: ContainerEnds): void {
  const end = endOfSpace(text, endOfValue(text, endOfSpace(text, 0), ends));
  if (end < text.length) throw new JsonSyntaxError(end);
}

/** Throws `JsonSyntaxError` unless the text is one JSON value or several, with white space between them. */
export function expectValues(text: string): void {
  for (let at = endOfSpace(text, 0); ; ) {
    const end = endOfValue(text, at);
    at = endOfSpace(text, end);
    if (at === text.length) return;
    if (at === end) throw new JsonSyntaxError(at);
  }
}
