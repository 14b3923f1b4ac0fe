// What rules cost to keep and to change: the memory of a simple rule among 100,000, and how long it takes to add one and
// to remove one there. Wall-clock time for each call, the pauses of the garbage collector included.
//
//   node --expose-gc bench/match-rules.ts [--rules=100000]

import { parseArgs } from 'node:util';
import { Matcher, type Pattern, parsePattern } from '../src/match/index.ts';

const { values } = parseArgs({ options: { rules: { type: 'string', default: '100000' } } });
const count = Number(values.rules);
const CHANGES = 10_000;

/** Kinds of rules: the text of the pattern of the rule with an index. */
const KINDS: Readonly<Record<string, (index: number) => string>> = {
  'one exact value': (index) => `{"detail":{"id":["order-${index}"]}}`,
  'source and an exact value': (index) =>
    `{"source":["com.acme.orders"],"detail":{"customer":{"id":["cust-${index}"]}}}`,
  'source, type and a prefix': (index) =>
    `{"source":["com.acme.s${index % 50}"],"detail-type":["Created"],"detail":{"key":[{"prefix":"data/${index}/"}]}}`,
  'a number in a range': (index) =>
    `{"source":["com.acme.s${index % 50}"],"detail":{"total":[{"numeric":[">",${index}]}]}}`,
};

/** After a collection that finds nothing of what was measured before. */
function usedBytes(): number {
  const { gc } = globalThis as { gc?: () => void };
  if (gc === undefined) throw new Error('run node with --expose-gc');
  gc();
  gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function micros(work: () => void): number {
  const before = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - before) / 1000;
}

/** The median, how many of the calls took longer than a millisecond, and the longest. */
function summary(times: number[]): string {
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  const long = times.filter((time) => time > 1000).length / times.length;
  return `${at(0.5).toFixed(1)} µs ${(long * 100).toFixed(2)} % ${(at(1) / 1000).toFixed(1)} ms`.padStart(28);
}

console.log(
  `${count} rules`.padEnd(28),
  'bytes/rule',
  'add: median, over 1 ms, most'.padStart(32),
  'remove: the same'.padStart(31),
);
for (const [name, textOf] of Object.entries(KINDS)) {
  measure(name, textOf);
  // What a function leaves behind on the stack would keep its rules alive for the next.
  await new Promise((resolve) => setImmediate(resolve));
}

function measure(name: string, textOf: (index: number) => string): void {
  const before = usedBytes();
  const matcher = new Matcher<number>();
  for (let id = 0; id < count; id++) matcher.addRule(id, parsePattern(textOf(id)));
  const bytes = (usedBytes() - before) / count;
  const patterns: Pattern[] = Array.from({ length: CHANGES }, (_, index) =>
    parsePattern(textOf(count + index)),
  );
  const added = patterns.map((pattern, index) => micros(() => matcher.addRule(count + index, pattern)));
  const removed = patterns.map((_, index) => micros(() => matcher.removeRule((index * 7919) % count)));
  console.log(
    name.padEnd(28),
    bytes.toFixed(0).padStart(10),
    ' '.repeat(7),
    summary(added),
    ' '.repeat(3),
    summary(removed),
  );
}
