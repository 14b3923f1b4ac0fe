const SHELF_BYTES = 1024 * 1024;

// In front of each text, how it is written: UTF-8, or as it is in memory where it has no form in UTF-8.
const UTF8 = 0;
const UTF16 = 1;

/** Where texts were put: an id, and what was said of it right behind. */
export interface ShelfPlace {
  readonly shelf: Buffer;
  readonly from: number;
  readonly idBytes: number;
  /** Of both. */
  readonly bytes: number;
}

/** Texts as bytes, in buffers that many of them share. A buffer goes when nobody refers to it any more. */
export class Shelf {
  #shelf: Buffer = Buffer.alloc(0);
  #used = 0;

  /** Keeps a copy of an id and a text. */
  put(id: string, text: string): ShelfPlace {
    const encoding = text.isWellFormed() ? 'utf8' : 'utf16le';
    // A code unit takes at most three bytes: where that fits, nothing need be measured.
    if ((id.length + text.length) * 3 + 1 > this.#shelf.length - this.#used) {
      const bytes = Buffer.byteLength(id) + 1 + Buffer.byteLength(text, encoding);
      if (bytes > SHELF_BYTES / 4) return write({ shelf: Buffer.allocUnsafeSlow(bytes), from: 0 }, id, text);
      if (bytes > this.#shelf.length - this.#used) {
        this.#shelf = Buffer.allocUnsafeSlow(SHELF_BYTES);
        this.#used = 0;
      }
    }
    const place = write({ shelf: this.#shelf, from: this.#used }, id, text);
    this.#used += place.bytes;
    return place;
  }

  /** The text between two places, the id before it left out. */
  static read(shelf: Buffer, from: number, to: number): string {
    return shelf.toString(shelf[from] === UTF16 ? 'utf16le' : 'utf8', from + 1, to);
  }
}

function write(
  { shelf, from }: { readonly shelf: Buffer; readonly from: number },
  id: string,
  text: string,
): ShelfPlace {
  const idBytes = shelf.write(id, from, 'utf8');
  const start = from + idBytes;
  const wellFormed = text.isWellFormed();
  shelf[start] = wellFormed ? UTF8 : UTF16;
  const textBytes = shelf.write(text, start + 1, wellFormed ? 'utf8' : 'utf16le');
  return { shelf, from, idBytes, bytes: idBytes + 1 + textBytes };
}
