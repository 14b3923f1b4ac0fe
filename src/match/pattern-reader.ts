import { InvalidPatternError, locationSuffix } from './invalid-pattern-error.ts';
import { JsonError, JsonReader, type JsonToken, type Location } from './json-reader.ts';
import { hintFor } from './pattern-hints.ts';

/** A JSON reader that knows which field it is in and refuses in AWS's way. */
export class PatternReader {
  readonly #json: JsonReader;
  /** The token last read; `end` before the first. */
  token: JsonToken = 'end';
  /** The dotted path of the field that is being read; undefined outside any. */
  path: string | undefined;

  constructor(text: string) {
    this.#json = new JsonReader(text);
  }

  /** What `read` returns; text that is no JSON is refused like everything else. */
  read<Result>(read: (reader: PatternReader) => Result): Result {
    try {
      return read(this);
    } catch (error) {
      if (!(error instanceof JsonError)) throw error;
      const { message, location, offset } = error;
      throw this.#refusal(message, { places: 1, location, offset });
    }
  }

  next(): JsonToken {
    this.token = this.#json.next();
    return this.token;
  }

  /** The current token's text: a string or key unescaped, anything else as written. */
  get text(): string {
    return this.#json.tokenText();
  }

  /** Refuses at the place that was read so far. */
  refuse(reason: string): never {
    throw this.#refusal(reason, { places: 1 });
  }

  /** Refuses as AWS does inside lists of `anything-but`, where the message names the place twice. */
  refuseTwice(reason: string): never {
    throw this.#refusal(reason, { places: 2 });
  }

  /** Refuses with a message that names no place, though the place is known. */
  refuseWithoutSuffix(reason: string): never {
    throw this.#refusal(reason, { places: 0 });
  }

  /** Refuses the pattern as a whole. */
  refuseWithoutPlace(reason: string): never {
    const { path } = this;
    const hint = hintFor(reason, { path, tokenText: undefined });
    throw new InvalidPatternError(this.#json.text, reason, {
      suffix: '',
      location: undefined,
      offset: undefined,
      path,
      hint,
    });
  }

  #refusal(
    reason: string,
    at: { readonly places: number; readonly location?: Location; readonly offset?: number },
  ): InvalidPatternError {
    const { text, location: reached, keyStart, tokenStart } = this.#json;
    const location = at.location ?? reached;
    const offset = at.offset ?? (this.token === 'key' ? keyStart : tokenStart);
    const { path } = this;
    return new InvalidPatternError(text, reason, {
      suffix: locationSuffix(text, location).repeat(at.places),
      location,
      offset,
      path,
      hint: hintFor(reason, { path, tokenText: tokenAt(text, offset) }),
    });
  }
}

// The source text of the token that begins at `offset`, when it is a scalar: what a hint can quote back.
function tokenAt(text: string, offset: number): string | undefined {
  const SCALAR = /"(?:[^"\\]|\\.)*"|[-+.\w]+/y;
  SCALAR.lastIndex = offset;
  return SCALAR.exec(text)?.[0];
}
