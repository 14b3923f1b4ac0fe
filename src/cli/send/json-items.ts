/** Text that is neither lines of JSON nor a JSON array. */
export class ItemsError extends Error {}

/**
 * The items of a text that comes in pieces: its lines, or when it begins with `[` the elements of that array. Each
 * is handed on as the text that it was, in one line. Throws ItemsError for an array that has no end.
 */
export async function* jsonItems(pieces: AsyncIterable<Uint8Array | string>): AsyncGenerator<string, void> {
  const decoder = new TextDecoder('utf-8');
  let splitter: ItemSplitter | undefined;
  let start = '';
  for await (const piece of pieces) {
    start += typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true });
    if (splitter === undefined) {
      start = start.trimStart();
      if (start === '') continue;
      splitter = start.startsWith('[') ? new ArraySplitter() : new LineSplitter();
    }
    yield* splitter.push(start);
    start = '';
  }
  if (splitter === undefined) return;
  yield* splitter.push(decoder.decode());
  yield* splitter.end();
}

interface ItemSplitter {
  push(text: string): Iterable<string>;
  end(): Iterable<string>;
}

class LineSplitter implements ItemSplitter {
  #rest = '';

  *push(text: string): Iterable<string> {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      const item = line.trim();
      if (item !== '') yield item;
    }
  }

  *end(): Iterable<string> {
    const item = this.#rest.trim();
    if (item !== '') yield item;
  }
}

// Counts brackets outside of strings; what is between them is looked at by whoever gets the item.
class ArraySplitter implements ItemSplitter {
  #text = '';
  #scanned = 0;
  #itemStart = -1;
  #depth = 0;
  #inString = false;
  #isOver = false;

  *push(text: string): Iterable<string> {
    this.#text += text;
    for (; this.#scanned < this.#text.length && !this.#isOver; this.#scanned += 1) {
      const character = this.#text[this.#scanned] ?? '';
      if (this.#inString) {
        if (character === '\\') this.#scanned += 1;
        else if (character === '"') this.#inString = false;
      } else if (character === '"') {
        this.#inString = true;
      } else if (character === '[' || character === '{') {
        this.#depth += 1;
        if (this.#depth === 1) this.#itemStart = this.#scanned + 1;
      } else if (character === ']' || character === '}') {
        this.#depth -= 1;
        if (this.#depth === 0) {
          yield* this.#item();
          this.#isOver = true;
        }
      } else if (character === ',' && this.#depth === 1) {
        yield* this.#item();
      }
    }
    this.#text = this.#text.slice(this.#itemStart);
    this.#scanned -= this.#itemStart;
    this.#itemStart = 0;
  }

  end(): Iterable<string> {
    if (this.#isOver) return [];
    throw new ItemsError('The JSON array has no end: a "]" is missing.');
  }

  *#item(): Iterable<string> {
    const item = this.#text
      .slice(this.#itemStart, this.#scanned)
      .replace(/\s*\n\s*/g, ' ')
      .trim();
    this.#itemStart = this.#scanned + 1;
    if (item !== '') yield item;
  }
}
