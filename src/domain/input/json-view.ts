import { compactJson } from './compact-json.ts';
import {
  type ContainerEnds,
  endOfMemberName,
  endOfSpace,
  endOfString,
  endOfValue,
  expectValue,
} from './json-scanner.ts';

/**
 * Looks into JSON text without parsing the whole of it: a value is the position where it starts, and what was
 * found inside an object or a list is remembered, so that a hundred paths don't read the text a hundred times.
 */
export class JsonView {
  readonly #text: string;
  readonly #ends: ContainerEnds = new Map();
  readonly #members = new Map<number, ReadonlyMap<string, number>>();
  readonly #items = new Map<number, readonly number[]>();

  /** Throws `JsonSyntaxError` unless the text is one JSON value; after that nothing here throws. */
  constructor(text: string) {
    expectValue(text, this.#ends);
    this.#text = text;
  }

  /** The outermost value. */
  get root(): number {
    return endOfSpace(this.#text, 0);
  }

  /** The values of an object by name, the last of those that share one; undefined for anything else. */
  members(object: number): ReadonlyMap<string, number> | undefined {
    if (this.#text[object] !== '{') return undefined;
    let members = this.#members.get(object);
    if (members === undefined) {
      members = new Map(this.#readMembers(object));
      this.#members.set(object, members);
    }
    return members;
  }

  /** The values of a list in order; undefined for anything else. */
  items(list: number): readonly number[] | undefined {
    if (this.#text[list] !== '[') return undefined;
    let items = this.#items.get(list);
    if (items === undefined) {
      items = [...this.#entries(list, ']')];
      this.#items.set(list, items);
    }
    return items;
  }

  /** A value as compact JSON text. */
  json(value: number): string {
    return compactJson(this.#text.slice(value, this.#end(value)));
  }

  #end(value: number): number {
    return this.#ends.get(value) ?? endOfValue(this.#text, value);
  }

  *#readMembers(object: number): Generator<[string, number]> {
    for (const name of this.#entries(object, '}')) {
      const quoted = this.#text.slice(name, endOfString(this.#text, name));
      yield [unquoted(quoted), endOfMemberName(this.#text, name)];
    }
  }

  /** Where each entry of an object or a list starts; a member starts with its name. */
  *#entries(container: number, closer: '}' | ']'): Generator<number> {
    const text = this.#text;
    let at = endOfSpace(text, container + 1);
    while (text[at] !== closer) {
      yield at;
      const value = closer === '}' ? endOfMemberName(text, at) : at;
      at = endOfSpace(text, this.#end(value));
      if (text[at] === ',') at = endOfSpace(text, at + 1);
    }
  }
}

/** What a JSON string stands for; the text must be one, quotes included. */
export function unquoted(quoted: string): string {
  return quoted.includes('\\') ? JSON.parse(quoted) : quoted.slice(1, -1);
}
