import type { BatchLimits } from './targets/target-kind.ts';

/**
 * Cuts what one target is to get into batches that its service takes, in the same order. What is too long on its
 * own is a batch of its own: the service will say so.
 */
export function inBatches<T extends { readonly input: string }>(
  ready: readonly T[],
  { entries, bytes, bytesPerEntry = 0 }: BatchLimits,
): readonly (readonly T[])[] {
  const batches: T[][] = [];
  let filled = 0;
  for (const each of ready) {
    const size = Buffer.byteLength(each.input) + bytesPerEntry;
    const last = batches.at(-1);
    if (last !== undefined && last.length < entries && filled + size <= bytes) {
      last.push(each);
      filled += size;
    } else {
      batches.push([each]);
      filled = size;
    }
  }
  return batches;
}
