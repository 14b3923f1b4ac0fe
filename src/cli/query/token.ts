import { JsonTextError, parseJson } from '../parameters/json-text.ts';
import { type ParameterValue, plainObjects } from '../parameters/parameter-value.ts';
import { QueryError } from './query-error.ts';

/** The kinds of tokens, by the names that messages use. */
export type TokenKind =
  | 'and'
  | 'colon'
  | 'comma'
  | 'current'
  | 'dot'
  | 'eof'
  | 'eq'
  | 'expref'
  | 'filter'
  | 'flatten'
  | 'gt'
  | 'gte'
  | 'lbrace'
  | 'lbracket'
  | 'literal'
  | 'lparen'
  | 'lt'
  | 'lte'
  | 'ne'
  | 'not'
  | 'number'
  | 'or'
  | 'pipe'
  | 'quoted_identifier'
  | 'rbrace'
  | 'rbracket'
  | 'rparen'
  | 'star'
  | 'unquoted_identifier';

/** A token of a query; `start` counts characters (code points) from the query's start. */
export interface Token {
  readonly kind: TokenKind;
  readonly value: ParameterValue;
  readonly start: number;
}

/** Splits a query into tokens, the last of them `eof`. Throws QueryError. */
export function tokenize(text: string): readonly Token[] {
  if (text === '') throw new QueryError('Invalid JMESPath expression: cannot be empty.');
  return new Tokenizer(text).all();
}

const SYMBOLS: ReadonlyMap<string, TokenKind> = new Map<string, TokenKind>([
  ['.', 'dot'],
  ['*', 'star'],
  [']', 'rbracket'],
  [',', 'comma'],
  [':', 'colon'],
  ['@', 'current'],
  ['(', 'lparen'],
  [')', 'rparen'],
  ['{', 'lbrace'],
  ['}', 'rbrace'],
  ['[', 'lbracket'],
  ['[]', 'flatten'],
  ['[?', 'filter'],
  ['|', 'pipe'],
  ['||', 'or'],
  ['&', 'expref'],
  ['&&', 'and'],
  ['<', 'lt'],
  ['<=', 'lte'],
  ['>', 'gt'],
  ['>=', 'gte'],
  ['!', 'not'],
  ['!=', 'ne'],
  ['==', 'eq'],
]);

class Tokenizer {
  readonly #text: string;
  readonly #characters: readonly string[];
  #index = 0;

  constructor(text: string) {
    this.#text = text;
    this.#characters = [...text];
  }

  all(): readonly Token[] {
    const tokens: Token[] = [];
    for (;;) {
      this.#take(/[ \t\n\r]/);
      const start = this.#index;
      if (start >= this.#characters.length) return [...tokens, { kind: 'eof', value: '', start }];
      tokens.push({ ...this.#next(), start });
    }
  }

  #next(): Pick<Token, 'kind' | 'value'> {
    const character = this.#character();
    if (/[A-Za-z_]/.test(character)) return { kind: 'unquoted_identifier', value: this.#take(/\w/) };
    if (/[0-9-]/.test(character)) return { kind: 'number', value: this.#number() };
    if (character === "'") return { kind: 'literal', value: this.#delimited("'").replaceAll("\\'", "'") };
    if (character === '"') return { kind: 'quoted_identifier', value: this.#quotedName() };
    if (character === '`') return { kind: 'literal', value: this.#literal() };
    return this.#symbol();
  }

  #symbol(): Pick<Token, 'kind' | 'value'> {
    const character = this.#character();
    const pair = character + (this.#characters[this.#index + 1] ?? '');
    for (const value of [pair, character]) {
      const kind = SYMBOLS.get(value);
      if (kind === undefined) continue;
      this.#index += value.length;
      return { kind, value };
    }
    throw this.#error(`Unknown token ${character === '=' ? "'='" : character}`, this.#index);
  }

  #number(): bigint {
    const start = this.#index;
    this.#index += 1;
    const digits = this.#characters[start] + this.#take(/[0-9]/);
    if (digits === '-') throw this.#error("Unknown token '-'", start);
    return BigInt(digits);
  }

  #quotedName(): ParameterValue {
    const start = this.#index;
    const written = this.#delimited('"');
    try {
      return parseJson(`"${written}"`);
    } catch (error) {
      if (!(error instanceof JsonTextError)) throw error;
      throw this.#error(error.message.split(':')[0] ?? '', start);
    }
  }

  // Between backticks stands JSON, or, as long ago, a text without its quotes.
  #literal(): ParameterValue {
    const start = this.#index;
    const written = this.#delimited('`').replaceAll('\\`', '`');
    for (const json of [written, `"${written.trimStart()}"`]) {
      try {
        return plainObjects(parseJson(json));
      } catch (error) {
        if (!(error instanceof JsonTextError)) throw error;
      }
    }
    throw this.#error(`Bad token ${written}`, start);
  }

  // The text up to the closing delimiter, escapes and all.
  #delimited(delimiter: string): string {
    const start = this.#index;
    for (let index = start + 1; index < this.#characters.length; index += 1) {
      if (this.#characters[index] === '\\') {
        index += 1;
      } else if (this.#characters[index] === delimiter) {
        this.#index = index + 1;
        return this.#characters.slice(start + 1, index).join('');
      }
    }
    throw this.#error(`Unclosed ${delimiter} delimiter`, start);
  }

  #take(pattern: RegExp): string {
    const start = this.#index;
    while (this.#index < this.#characters.length && pattern.test(this.#character())) this.#index += 1;
    return this.#characters.slice(start, this.#index).join('');
  }

  #character(): string {
    return this.#characters[this.#index] ?? '';
  }

  #error(what: string, index: number): QueryError {
    return new QueryError(`Bad jmespath expression: ${what}:\n${this.#text}\n${' '.repeat(index)}^`);
  }
}
