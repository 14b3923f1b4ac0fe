/** A set of places of one event: a bit for each, in words of 32. */
export type PlaceBits = Int32Array;

/** An empty set, with room for places below `count`. */
export function makePlaceBits(count: number): PlaceBits {
  return new Int32Array((count + 31) >> 5);
}

/** Adds a place. */
export function addPlace(bits: PlaceBits, place: number): void {
  bits[place >> 5] = (bits[place >> 5] ?? 0) | (1 << (place & 31));
}

/** Takes a place out. */
export function removePlace(bits: PlaceBits, place: number): void {
  bits[place >> 5] = (bits[place >> 5] ?? 0) & ~(1 << (place & 31));
}

/** Whether a place is in the set. */
export function hasPlace(bits: PlaceBits, place: number): boolean {
  return ((bits[place >> 5] ?? 0) & (1 << (place & 31))) !== 0;
}

/** Calls `use` with each place that is in `bits` and not in `without`, until it returns true; returns whether it did. */
export function someOther(bits: PlaceBits, without: PlaceBits, use: (place: number) => boolean): boolean {
  for (let word = 0; word < bits.length; word++) {
    for (let left = (bits[word] ?? 0) & ~(without[word] ?? 0); left !== 0; left &= left - 1) {
      if (use((word << 5) + 31 - Math.clz32(left & -left))) return true;
    }
  }
  return false;
}
