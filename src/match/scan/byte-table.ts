/** The columns of a record in `ByteTable.records`: from this one on they are the owner's, all 0 in a new record. */
export const OWN_COLUMNS = 8;
/** How many columns a record has. */
export const RECORD_STRIDE = 16;

/**
 * A hash table whose keys are byte strings within a context (a number), and whose values are small dense
 * numbers: ids start at 0 and are used again after `remove`. It is looked up straight from the bytes of an
 * event, so that no string has to be made, and entries come and go one at a time.
 *
 * The caller brings the hash of the bytes, so that one hash serves several contexts.
 *
 * Large tables don't fit into the fast memories of a processor, so a look-up touches as few places as it can: most
 * keys that aren't there end at a tag, a byte; all that is known of a key that is there stands in one record, 64
 * bytes, with room for what its owner has to say of it.
 */
export class ByteTable {
  /** Open addressing with linear probing. A tag is a few bits of the hash, or 0 if the slot is free. */
  #tags = new Uint8Array(64);
  #ids = new Int32Array(64);
  #slotMask = 63;
  #records = new Int32Array(32 * RECORD_STRIDE);
  #recordBytes = new Uint8Array(this.#records.buffer);
  /** The bytes of keys that have no room in their records. */
  #bytes = new Uint8Array(64);
  #bytesUsed = 0;
  #bytesLive = 0;
  #idCount = 0;
  readonly #free: number[] = [];

  /** The number of entries. */
  get size(): number {
    return this.#idCount - this.#free.length;
  }

  /** `RECORD_STRIDE` numbers for each id; another array after `add`, perhaps. */
  get records(): Int32Array {
    return this.#records;
  }

  /** The id of the key `bytes[start, end)` in `context`, or -1. */
  find(context: number, hash: number, bytes: Uint8Array, start: number, end: number): number {
    const tags = this.#tags;
    const mask = this.#slotMask;
    const mixed = mix(context, hash);
    const tag = tagOf(mixed);
    for (let slot = mixed & mask; ; slot = (slot + 1) & mask) {
      const found = tags[slot] ?? 0;
      if (found === 0) return -1;
      if (found !== tag) continue;
      const id = this.#ids[slot] ?? 0;
      if (this.#is(id, context, mixed, bytes, start, end)) return id;
    }
  }

  // Shifts here, not products: of them the platform knows that they stay in the range of integers.
  #is(id: number, context: number, mixed: number, bytes: Uint8Array, start: number, end: number): boolean {
    const records = this.#records;
    const at = id << RECORD_SHIFT;
    if (records[at | MIXED] !== mixed || records[at] !== context) return false;
    return this.isKey(id, bytes, start, end);
  }

  /** Whether `bytes[start, end)` is the key of an id that is in use. */
  isKey(id: number, bytes: Uint8Array, start: number, end: number): boolean {
    const records = this.#records;
    const at = id << RECORD_SHIFT;
    const length = (end - start) | 0;
    if (records[at | LENGTH] !== length) return false;
    const isShort = length <= MAX_SHORT;
    const names = isShort ? this.#recordBytes : this.#bytes;
    const from = isShort ? ((at | SHORT_KEY) << 2) | 0 : (records[at | START] ?? 0);
    for (let place = 0; place < length; place++) {
      if (names[(from + place) | 0] !== bytes[(start + place) | 0]) return false;
    }
    return true;
  }

  /** The id of the key, which is added if it isn't there. */
  add(context: number, hash: number, key: Uint8Array): number {
    const known = this.find(context, hash, key, 0, key.length);
    if (known >= 0) return known;
    const id = this.#free.pop() ?? this.#idCount++;
    this.#makeRoom();
    const at = id << RECORD_SHIFT;
    this.#records.fill(0, at, at + RECORD_STRIDE);
    this.#records[at] = context;
    this.#records[at | MIXED] = mix(context, hash);
    if (key.length <= MAX_SHORT) this.#recordBytes.set(key, (at | SHORT_KEY) << 2);
    else this.#keepLong(at, key);
    this.#records[at | LENGTH] = key.length;
    this.#place(id);
    return id;
  }

  /** Takes an entry out; its id may be given to a later one. */
  remove(id: number): void {
    const tags = this.#tags;
    const ids = this.#ids;
    const mask = this.#slotMask;
    let hole = this.#home(id);
    while (tags[hole] === 0 || ids[hole] !== id) hole = (hole + 1) & mask;
    // Entries behind the hole move up, unless that put them before the slot that their hash asks for.
    for (let slot = (hole + 1) & mask; tags[slot] !== 0; slot = (slot + 1) & mask) {
      const home = this.#home(ids[slot] ?? 0);
      if (((slot - home) & mask) < ((slot - hole) & mask)) continue;
      tags[hole] = tags[slot] ?? 0;
      ids[hole] = ids[slot] ?? 0;
      hole = slot;
    }
    tags[hole] = 0;
    const length = this.#records[(id << RECORD_SHIFT) | LENGTH] ?? 0;
    if (length > MAX_SHORT) this.#bytesLive -= length;
    this.#records[(id << RECORD_SHIFT) | LENGTH] = 0;
    this.#free.push(id);
  }

  /** How many bytes the key of an id has. */
  keyLength(id: number): number {
    return this.#records[(id << RECORD_SHIFT) | LENGTH] ?? 0;
  }

  /** The key of an id that is in use, valid until the next `add`. */
  key(id: number): Uint8Array {
    const at = id << RECORD_SHIFT;
    const length = this.keyLength(id);
    const isShort = length <= MAX_SHORT;
    const start = isShort ? (at | SHORT_KEY) << 2 : (this.#records[at | START] ?? 0);
    return (isShort ? this.#recordBytes : this.#bytes).subarray(start, start + length);
  }

  #home(id: number): number {
    return (this.#records[(id << RECORD_SHIFT) | MIXED] ?? 0) & this.#slotMask;
  }

  #place(id: number): void {
    let slot = this.#home(id);
    while (this.#tags[slot] !== 0) slot = (slot + 1) & this.#slotMask;
    this.#tags[slot] = tagOf(this.#records[(id << RECORD_SHIFT) | MIXED] ?? 0);
    this.#ids[slot] = id;
  }

  #makeRoom(): void {
    if (this.#idCount * RECORD_STRIDE > this.#records.length) {
      const larger = new Int32Array(this.#records.length * 2);
      larger.set(this.#records);
      this.#records = larger;
      this.#recordBytes = new Uint8Array(larger.buffer);
    }
    if (this.#idCount * 2 <= this.#slotMask) return;
    this.#tags = new Uint8Array(this.#tags.length * 2);
    this.#ids = new Int32Array(this.#tags.length);
    this.#slotMask = this.#tags.length - 1;
    // All ids are in use, or none would have been made; the newest has no record yet.
    for (let id = 0; id < this.#idCount - 1; id++) this.#place(id);
  }

  #keepLong(record: number, key: Uint8Array): void {
    if (this.#bytesUsed + key.length > this.#bytes.length) this.#compact(key.length);
    this.#records[record | START] = this.#bytesUsed;
    this.#bytes.set(key, this.#bytesUsed);
    this.#bytesUsed += key.length;
    this.#bytesLive += key.length;
  }

  #compact(length: number): void {
    const bytes = new Uint8Array((this.#bytesLive + length) * 2);
    let used = 0;
    for (let at = 0; at < this.#idCount * RECORD_STRIDE; at += RECORD_STRIDE) {
      const size = this.#records[at | LENGTH] ?? 0;
      if (size <= MAX_SHORT) continue;
      const from = this.#records[at | START] ?? 0;
      bytes.set(this.#bytes.subarray(from, from + size), used);
      this.#records[at | START] = used;
      used += size;
    }
    this.#bytes = bytes;
    this.#bytesUsed = used;
  }
}

const RECORD_SHIFT = 4;
const MIXED = 1;
const LENGTH = 2;
const START = 3;
const SHORT_KEY = 4;
/** How many bytes a key may have to stand in its record. */
const MAX_SHORT = 16;

function mix(context: number, hash: number): number {
  const both = hash ^ Math.imul(context, 0x9e3779b1);
  const folded = Math.imul(both ^ (both >>> 15), 0x2c1b3c6d);
  return folded ^ (folded >>> 13);
}

// The slot is chosen by other bits.
function tagOf(mixed: number): number {
  return (mixed >>> 24) | 1;
}
