/**
 * The words of `choices` that a mistyped word most likely meant, best first, three at most. Likeness is twice
 * the number of characters in common blocks over the sum of both lengths, and must reach 0.8: the measure
 * behind the AWS CLI's "maybe you meant".
 */
export function closeMatches(word: string, choices: readonly string[]): readonly string[] {
  return choices
    .map((choice) => ({ choice, likeness: likeness(choice, word) }))
    .filter((candidate) => candidate.likeness >= 0.8)
    .sort((a, b) => b.likeness - a.likeness || (a.choice < b.choice ? 1 : -1))
    .slice(0, 3)
    .map((candidate) => candidate.choice);
}

function likeness(a: string, b: string): number {
  return a.length + b.length === 0 ? 1 : (2 * inCommon(a, b)) / (a.length + b.length);
}

// The longest common block, and the same again to its left and to its right.
function inCommon(a: string, b: string): number {
  const block = longestBlock(a, b);
  if (block.length === 0) return 0;
  return (
    block.length +
    inCommon(a.slice(0, block.inA), b.slice(0, block.inB)) +
    inCommon(a.slice(block.inA + block.length), b.slice(block.inB + block.length))
  );
}

function longestBlock(a: string, b: string): { inA: number; inB: number; length: number } {
  let best = { inA: 0, inB: 0, length: 0 };
  let previous: readonly number[] = [];
  for (let i = 0; i < a.length; i += 1) {
    const current: number[] = [];
    for (let j = 0; j < b.length; j += 1) {
      const length = a[i] === b[j] ? (previous[j - 1] ?? 0) + 1 : 0;
      current.push(length);
      if (length > best.length) best = { inA: i - length + 1, inB: j - length + 1, length };
    }
    previous = current;
  }
  return best;
}
