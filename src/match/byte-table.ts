/**
 * A hash table whose keys are byte strings within a context (a number), and whose values are small dense
 * numbers: ids start at 0 and are used again after `remove`. It is looked up straight from the bytes of an
 * event, so that no string has to be made, and it grows and shrinks one entry at a time.
 *
 * The caller brings the hash of the bytes, so that one hash serves several contexts.
 */
export class ByteTable {
  /**
   * Open addressing with linear probing. Two numbers a slot: the id plus one, or 0 if it is free, and the hash, so
   * that little else has to be touched for a key that isn't there.
   */
  #slots = new Int32Array(64 * SLOT_STRIDE);
  #slotMask = 63;
  /** Four numbers an entry: context, hash, where its bytes start, how many they are. */
  #entries = new Int32Array(32 * STRIDE);
  #bytes = new Uint8Array(1024);
  #bytesUsed = 0;
  #bytesLive = 0;
  #ids = 0;
  readonly #free: number[] = [];

  /** The number of entries. */
  get size(): number {
    return this.#ids - this.#free.length;
  }

  /** The id of the key `bytes[start, end)` in `context`, or -1. */
  find(context: number, hash: number, bytes: Uint8Array, start: number, end: number): number {
    const slots = this.#slots;
    const mask = this.#slotMask;
    const mixed = mix(context, hash);
    // Shifts, here and below: of them the platform knows that they stay in the range of integers.
    for (let slot = mixed & mask; ; slot = (slot + 1) & mask) {
      const id = ((slots[slot << SLOT_SHIFT] ?? 0) - 1) | 0;
      if (id < 0) return -1;
      if (slots[(slot << SLOT_SHIFT) | SLOT_HASH] === mixed && this.#is(id, context, bytes, start, end))
        return id;
    }
  }

  #is(id: number, context: number, bytes: Uint8Array, start: number, end: number): boolean {
    const entries = this.#entries;
    const entry = id << ENTRY_SHIFT;
    const length = (end - start) | 0;
    if (entries[entry] !== context || entries[entry | LENGTH] !== length) return false;
    const names = this.#bytes;
    const from = entries[entry | START] ?? 0;
    for (let at = 0; at < length; at++) if (names[(from + at) | 0] !== bytes[(start + at) | 0]) return false;
    return true;
  }

  /** The id of the key, which is added if it isn't there. */
  add(context: number, hash: number, key: Uint8Array): number {
    const known = this.find(context, hash, key, 0, key.length);
    if (known >= 0) return known;
    const id = this.#free.pop() ?? this.#ids++;
    this.#makeRoom(key.length);
    const at = id * STRIDE;
    this.#entries[at] = context;
    this.#entries[at + HASH] = mix(context, hash);
    this.#entries[at + START] = this.#bytesUsed;
    this.#entries[at + LENGTH] = key.length;
    this.#bytes.set(key, this.#bytesUsed);
    this.#bytesUsed += key.length;
    this.#bytesLive += key.length;
    this.#place(id);
    return id;
  }

  /** Takes an entry out; its id may be given to a later one. */
  remove(id: number): void {
    const slots = this.#slots;
    const mask = this.#slotMask;
    let hole = (this.#entries[id * STRIDE + HASH] ?? 0) & mask;
    while (slots[hole * SLOT_STRIDE] !== id + 1) hole = (hole + 1) & mask;
    // Entries behind the hole move up, unless that put them before the slot that their hash asks for.
    for (let slot = (hole + 1) & mask; slots[slot * SLOT_STRIDE] !== 0; slot = (slot + 1) & mask) {
      const home = (slots[slot * SLOT_STRIDE + SLOT_HASH] ?? 0) & mask;
      if (((slot - home) & mask) < ((slot - hole) & mask)) continue;
      slots.copyWithin(hole * SLOT_STRIDE, slot * SLOT_STRIDE, (slot + 1) * SLOT_STRIDE);
      hole = slot;
    }
    slots[hole * SLOT_STRIDE] = 0;
    this.#bytesLive -= this.#entries[id * STRIDE + LENGTH] ?? 0;
    this.#entries[id * STRIDE + LENGTH] = 0;
    this.#free.push(id);
  }

  #place(id: number): void {
    const slots = this.#slots;
    const hash = this.#entries[id * STRIDE + HASH] ?? 0;
    let slot = hash & this.#slotMask;
    while (slots[slot * SLOT_STRIDE] !== 0) slot = (slot + 1) & this.#slotMask;
    slots[slot * SLOT_STRIDE] = id + 1;
    slots[slot * SLOT_STRIDE + SLOT_HASH] = hash;
  }

  #makeRoom(length: number): void {
    if (this.#ids * STRIDE > this.#entries.length) {
      const larger = new Int32Array(this.#entries.length * 2);
      larger.set(this.#entries);
      this.#entries = larger;
    }
    if (this.#ids * 2 > this.#slotMask) {
      this.#slots = new Int32Array(this.#slots.length * 2);
      this.#slotMask = this.#slotMask * 2 + 1;
      // All ids are in use, or none would have been made; the newest has no entry yet.
      for (let id = 0; id < this.#ids - 1; id++) this.#place(id);
    }
    if (this.#bytesUsed + length > this.#bytes.length) this.#compact(length);
  }

  #compact(length: number): void {
    const bytes = new Uint8Array((this.#bytesLive + length) * 2);
    let used = 0;
    for (let at = 0; at < this.#ids * STRIDE; at += STRIDE) {
      const size = this.#entries[at + LENGTH] ?? 0;
      const from = this.#entries[at + START] ?? 0;
      bytes.set(this.#bytes.subarray(from, from + size), used);
      this.#entries[at + START] = used;
      used += size;
    }
    this.#bytes = bytes;
    this.#bytesUsed = used;
  }
}

const SLOT_STRIDE = 2;
const SLOT_SHIFT = 1;
const SLOT_HASH = 1;
const STRIDE = 4;
const ENTRY_SHIFT = 2;
const HASH = 1;
const START = 2;
const LENGTH = 3;

function mix(context: number, hash: number): number {
  const both = hash ^ Math.imul(context, 0x9e3779b1);
  const folded = Math.imul(both ^ (both >>> 15), 0x2c1b3c6d);
  return folded ^ (folded >>> 13);
}
