// Any encoding of single bytes will do, if both sides have it.
const decoder = new TextDecoder('latin1');

/** Some bytes as a string of one character for each byte. */
export function byteText(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** A piece of a text: its bytes, and the same as `byteText`. */
export interface Segment {
  readonly bytes: Uint8Array;
  readonly text: string;
}

/** A long text, ready to be searched many times. */
export class LongText {
  readonly #text: string;
  /** How often each byte is there. */
  readonly #counts = new Int32Array(256);

  constructor(bytes: Uint8Array) {
    this.#text = byteText(bytes);
    for (const byte of bytes) this.#counts[byte] = (this.#counts[byte] ?? 0) + 1;
  }

  /** Whether the segments are in the text from `start` to `end`, one behind the other. */
  hasInOrder(segments: readonly Segment[], start: number, end: number): boolean {
    let at = start;
    for (const segment of segments) {
      const found = this.#find(segment, at);
      if (found < 0) return false;
      at = found + segment.bytes.length;
    }
    return at <= end;
  }

  // By the byte of the segment that is the rarest in the text: platforms find a single byte the fastest.
  #find({ bytes, text }: Segment, start: number): number {
    const rarest = this.#rarest(bytes);
    const count = this.#counts[bytes[rarest] ?? 0] ?? 0;
    if (count === 0 && bytes.length > 0) return -1;
    if (count * 16 > this.#text.length) return this.#text.indexOf(text, start);
    const byte = text.charAt(rarest);
    for (let at = start; ; at++) {
      const found = this.#text.indexOf(byte, at + rarest);
      if (found < 0) return -1;
      at = found - rarest;
      if (this.#text.startsWith(text, at)) return at;
    }
  }

  #rarest(bytes: Uint8Array): number {
    let rarest = 0;
    for (const [place, byte] of bytes.entries()) {
      if ((this.#counts[byte] ?? 0) < (this.#counts[bytes[rarest] ?? 0] ?? 0)) rarest = place;
    }
    return rarest;
  }
}
