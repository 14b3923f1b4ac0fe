import { JsonError, JsonReader, type JsonToken } from './json-reader.ts';
import { InvalidEventError } from './json-text.ts';
import { eventNumber } from './number.ts';

/** An element of an array, within the element of the array around it. */
export interface Place {
  /** Which array: every array of an event has a number of its own. */
  readonly array: number;
  /** The dotted path of the array. */
  readonly path: string;
  readonly index: number;
  readonly parent: Place | undefined;
}

/** A scalar of an event. */
export type FieldValue = Scalar & {
  /**
   * The innermost array element that holds the value, if any. A scalar right inside an array is not held by
   * an element of that array: `[1, 2]` is one field that is both, not two elements to agree on.
   */
  readonly place: Place | undefined;
};

/** A scalar as conditions see it. */
export type Scalar =
  | { readonly kind: 'string'; readonly text: string }
  /** `text` as written; `value` as `eventNumber` says. */
  | { readonly kind: 'number'; readonly text: string; readonly value: number | undefined }
  | { readonly kind: 'token'; readonly text: 'true' | 'false' | 'null' };

/**
 * The values of an event at the dotted `paths`; a path without any value is not in the result. Keys that
 * contain dots add them to the path; arrays add nothing; of repeated keys all values count; empty objects
 * and arrays are no values. Throws `InvalidEventError` unless the text is one JSON object, nested no deeper than
 * `MAX_DEPTH`.
 */
export function readFields(
  eventText: string,
  paths: Iterable<string>,
): ReadonlyMap<string, readonly FieldValue[]> {
  const reader = new JsonReader(eventText);
  const flattening = new Flattening(reader, paths);
  try {
    if (reader.next() !== 'start-object') throw new InvalidEventError('An event is a JSON object');
    flattening.readObject(undefined, undefined);
    reader.expectEnd();
  } catch (error) {
    if (error instanceof JsonError) throw new InvalidEventError(error.message);
    throw error;
  }
  return flattening.fields;
}

class Flattening {
  readonly fields = new Map<string, FieldValue[]>();
  readonly #reader: JsonReader;
  readonly #wanted: ReadonlySet<string>;
  // What stands before a dot of a wanted path. No other path is followed: a hostile event's could be huge.
  readonly #ancestors: ReadonlySet<string>;
  #arrays = 0;

  constructor(reader: JsonReader, paths: Iterable<string>) {
    this.#reader = reader;
    this.#wanted = new Set(paths);
    this.#ancestors = new Set([...this.#wanted].flatMap(ancestors));
  }

  /** The reader stands on the opening brace and is left on the closing one. */
  readObject(path: string | undefined, place: Place | undefined): void {
    const reader = this.#reader;
    while (reader.next() !== 'end-object') {
      const key = reader.tokenText();
      const member = path === undefined ? key : `${path}.${key}`;
      const token = reader.next();
      if (this.#wanted.has(member) || this.#ancestors.has(member)) this.#readValue(token, member, place);
      else reader.skipRest();
    }
  }

  #readValue(token: JsonToken, path: string, place: Place | undefined): void {
    if (token === 'start-object') this.readObject(path, place);
    else if (token === 'start-array') this.#readArray(path, place);
    else if (this.#wanted.has(path)) this.#add(path, { ...scalar(token, this.#reader.tokenText()), place });
  }

  #readArray(path: string, parent: Place | undefined): void {
    const array = this.#arrays++;
    for (let index = 0; ; index++) {
      const token = this.#reader.next();
      if (token === 'end-array') return;
      const isScalar = token !== 'start-object' && token !== 'start-array';
      this.#readValue(token, path, isScalar ? parent : { array, path, index, parent });
    }
  }

  #add(path: string, value: FieldValue): void {
    const values = this.fields.get(path);
    if (values === undefined) this.fields.set(path, [value]);
    else values.push(value);
  }
}

function scalar(token: JsonToken, text: string): Scalar {
  switch (token) {
    case 'number':
      return { kind: 'number', text, value: eventNumber(text) };
    case 'true':
    case 'false':
    case 'null':
      return { kind: 'token', text: token };
    default:
      return { kind: 'string', text };
  }
}

function ancestors(path: string): readonly string[] {
  return Array.from(path.matchAll(/\./g), ({ index }) => path.slice(0, index));
}
