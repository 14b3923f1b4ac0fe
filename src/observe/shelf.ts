const BOARD_BYTES = 1024 * 1024;

// Boards that are empty again are used again, up to this many: a new one costs time, and tells the garbage
// collector of memory that it then would look for.
const MOST_SPARE = 2;

// In front of each text, how it is written: UTF-8, or as it is in memory where it has no form in UTF-8.
const UTF8 = 0;
const UTF16 = 1;
const UTF8_MARK = String.fromCharCode(UTF8);

// To write a text costs more than to join it to another, as long as it is short.
const SHORT_CHARACTERS = 256;

/** A buffer with texts on it. */
export interface Board {
  readonly buffer: Buffer;
  /** How many of its texts are still wanted. */
  wanted: number;
}

/** Where texts were put: an id, and what was said of it right behind. */
export interface ShelfPlace {
  readonly board: Board;
  readonly from: number;
  readonly idBytes: number;
  /** Of both. */
  readonly bytes: number;
}

/** Texts as bytes, on boards that many of them share. */
export class Shelf {
  readonly #spare: Board[] = [];
  #board: Board = newBoard(0);
  #used = 0;

  /** Keeps a copy of an id and a text. */
  put(id: string, text: string): ShelfPlace {
    // A code unit takes at most three bytes: where that fits, nothing need be measured.
    if ((id.length + text.length) * 3 + 1 > this.#board.buffer.length - this.#used) {
      const bytes = Buffer.byteLength(id) + 1 + Buffer.byteLength(text, encodingOf(text));
      if (bytes > BOARD_BYTES / 4) return write(newBoard(bytes), 0, { id, text });
      if (bytes > this.#board.buffer.length - this.#used) this.#nextBoard();
    }
    const place = write(this.#board, this.#used, { id, text });
    this.#used += place.bytes;
    return place;
  }

  /** Tells that one of the texts on a board is not wanted any more. */
  drop(board: Board): void {
    board.wanted -= 1;
    const isSpare = board.wanted === 0 && board !== this.#board && board.buffer.length === BOARD_BYTES;
    if (isSpare && this.#spare.length < MOST_SPARE) this.#spare.push(board);
  }

  /** The text between two places, the id before it left out. */
  static read({ buffer }: Board, from: number, to: number): string {
    return buffer.toString(buffer[from] === UTF16 ? 'utf16le' : 'utf8', from + 1, to);
  }

  #nextBoard(): void {
    this.#board = this.#spare.pop() ?? newBoard(BOARD_BYTES);
    this.#used = 0;
  }
}

function newBoard(bytes: number): Board {
  return { buffer: Buffer.allocUnsafeSlow(bytes), wanted: 0 };
}

function encodingOf(text: string): 'utf8' | 'utf16le' {
  return text.isWellFormed() ? 'utf8' : 'utf16le';
}

function write(
  board: Board,
  from: number,
  { id, text }: { readonly id: string; readonly text: string },
): ShelfPlace {
  const { buffer } = board;
  const encoding = encodingOf(text);
  board.wanted += 1;
  if (encoding === 'utf8' && text.length <= SHORT_CHARACTERS) {
    const bytes = buffer.write(`${id}${UTF8_MARK}${text}`, from, 'utf8');
    return { board, from, idBytes: Buffer.byteLength(id), bytes };
  }
  const idBytes = buffer.write(id, from, 'utf8');
  const start = from + idBytes;
  buffer[start] = encoding === 'utf8' ? UTF8 : UTF16;
  const textBytes = buffer.write(text, start + 1, encoding);
  return { board, from, idBytes, bytes: idBytes + 1 + textBytes };
}
