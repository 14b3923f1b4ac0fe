import type { EncodedRecord } from './log-record.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const LINE_END = 0x0a;
const EMPTY = new Uint8Array(0);

/** The index of a message that is a part of another. Nobody reads it by itself. */
export const PART_INDEX = '{"p":true}';

/** A record as one message after the other: parts, where it is too large for one, and then the one that counts. */
export interface CutRecord {
  readonly parts: readonly Uint8Array[];
  /** The message that makes the record count, given the number of the first part. */
  readonly last: (firstPart: number) => EncodedRecord;
}

/**
 * Cuts a record into messages of at most so many bytes. NATS 2.9 writes one message at a time: the last one alone
 * makes the others count, so a writer that dies in between leaves nothing.
 */
export function cutRecord(record: EncodedRecord, maximumBytes: number): CutRecord {
  // JavaScript's length is a lower bound of the bytes, and enough for most to know.
  const indexBytes = record.index.length > maximumBytes ? maximumBytes : Buffer.byteLength(record.index);
  if (indexBytes + record.body.length <= maximumBytes) return { parts: [], last: () => record };
  const index = encoder.encode(`${record.index}\n`);
  const whole = new Uint8Array(index.length + record.body.length);
  whole.set(index);
  whole.set(record.body, index.length);
  const parts: Uint8Array[] = [];
  for (let start = 0; start < whole.length; start += maximumBytes) {
    parts.push(whole.subarray(start, start + maximumBytes));
  }
  return { parts, last: (first) => ({ index: JSON.stringify({ x: [first, parts.length] }), body: EMPTY }) };
}

/** The numbers of the parts that the index of a message names; undefined when it was not cut. */
export function partsOf(index: string): readonly number[] | undefined {
  if (!index.startsWith('{"x":')) return undefined;
  const { x } = JSON.parse(index) as { x: [first: number, count: number] };
  return Array.from({ length: x[1] }, (_, offset) => x[0] + offset);
}

/** The record that was cut into these parts. */
export function joinParts(parts: readonly Uint8Array[]): EncodedRecord {
  const whole = Buffer.concat(parts);
  const end = whole.indexOf(LINE_END);
  return { index: decoder.decode(whole.subarray(0, end)), body: whole.subarray(end + 1) };
}
