/** A string that was read; `end` is behind its closing quote. */
export interface StringRead {
  readonly value: string;
  readonly end: number;
}

/** Why a text is no string; `end` is behind what was read of it. */
export interface StringFault {
  readonly fault: string;
  readonly end: number;
}

const SPACE = 0x20;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const HEX4 = /[0-9a-fA-F]{4}/y;
const ESCAPED: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

/** Reads and unescapes a JSON string whose opening quote lies before `from`. */
export function readString(text: string, from: number): StringRead | StringFault {
  let value = '';
  let plainFrom = from;
  // Pieces are sliced, not collected letter by letter, because most strings have no escape.
  for (let at = from; ; ) {
    const next = text.charCodeAt(at);
    if (next === QUOTE) return { value: value + text.slice(plainFrom, at), end: at + 1 };
    if (next === BACKSLASH) {
      const escaped = readEscape(text, at + 1);
      if ('fault' in escaped) return escaped;
      value += text.slice(plainFrom, at) + escaped.value;
      at = escaped.end;
      plainFrom = at;
    } else if (next >= SPACE) {
      at++;
    } else {
      return badCharacter(next, at);
    }
  }
}

/** A character as error messages name it. */
export function quoted(character: string | undefined): string {
  return character === undefined ? 'end-of-input' : `'${character}' (code ${character.charCodeAt(0)})`;
}

function readEscape(text: string, at: number): StringRead | StringFault {
  const letter = text[at];
  const character = letter === undefined ? undefined : ESCAPED.get(letter);
  if (character !== undefined) return { value: character, end: at + 1 };
  if (letter !== 'u') return { fault: `Unrecognized character escape ${quoted(letter)}`, end: at + 1 };
  HEX4.lastIndex = at + 1;
  const digits = HEX4.exec(text)?.[0];
  if (digits === undefined) {
    return { fault: 'Expected a hex-digit for character escape sequence', end: at + 1 };
  }
  return { value: String.fromCharCode(Number.parseInt(digits, 16)), end: at + 5 };
}

function badCharacter(code: number, at: number): StringFault {
  if (Number.isNaN(code)) {
    return { fault: 'Unexpected end-of-input: was expecting closing quote for a string value', end: at };
  }
  return {
    fault: `Illegal unquoted character ((CTRL-CHAR, code ${code})): has to be escaped using backslash to be included in string value`,
    end: at + 1,
  };
}
