// How long the worst takes that a stranger may send: hard ceilings, and the exit code says whether all of them hold.
// On-CPU time of the thread that matches, which nobody else gets an answer from meanwhile. The first time counts as well as the later ones: a hostile text needn't come twice.
//
//   node bench/match-hostile.ts [--rounds=5]

import { parseArgs } from 'node:util';
import { Matcher, parsePattern } from '../src/match/index.ts';
import { matchesSegments, wildcardSegments } from '../src/match/wildcard.ts';
import { HOSTILE_EVENTS, HOSTILE_PATTERNS, HOSTILE_RULES } from './match-hostile-cases.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
const rounds = Number(values.rounds);
const PATTERN_CEILING_MS = 50;
const EVENT_CEILING_MS = 100;
const WILDCARD_CEILING_MS = 10;

let isBroken = false;

/** Does the work several times; prints how long the first and the longest took. */
function measure(name: string, ceilingMs: number, work: () => string): number {
  const times: number[] = [];
  let outcome = '';
  for (let round = 0; round < rounds; round++) {
    const before = process.threadCpuUsage();
    outcome = work();
    const { user, system } = process.threadCpuUsage(before);
    times.push((user + system) / 1000);
  }
  const worst = Math.max(...times);
  if (worst > ceilingMs) isBroken = true;
  const columns = [times[0] ?? 0, worst].map((time) => `${time.toFixed(2)} ms`.padStart(11));
  console.log(`${name.padEnd(56)}${columns.join('')}  ${outcome}${worst > ceilingMs ? '  TOO LONG' : ''}`);
  return worst;
}

function attempt(work: () => string): string {
  try {
    return work();
  } catch (error) {
    const { message } = error as Error;
    return `refused: ${message.replace('Event pattern is not valid. Reason: ', '').slice(0, 50).split('\n', 1)}`;
  }
}

function header(text: string): void {
  console.log(`\n${text.padEnd(56)}      first    longest`);
}

header(`patterns, accepted or refused: ${PATTERN_CEILING_MS} ms`);
for (const [name, text] of Object.entries(HOSTILE_PATTERNS)) {
  if (text.length > 4096) throw new RangeError(`${name} is too long: ${text.length}`);
  measure(name, PATTERN_CEILING_MS, () =>
    attempt(() => {
      new Matcher<number>().addRule(0, parsePattern(text));
      return 'accepted';
    }),
  );
}

header(`events, against 1,000 rules: ${EVENT_CEILING_MS} ms`);
let longest = 0;
for (const [rulesName, rules] of Object.entries(HOSTILE_RULES)) {
  const patterns = rules.map((rule) => parsePattern(rule));
  for (const [name, text] of Object.entries(HOSTILE_EVENTS)) {
    if (text.length > 1_000_000) throw new RangeError(`${name} is too long: ${text.length}`);
    const matcher = new Matcher<number>();
    for (const [id, pattern] of patterns.entries()) matcher.addRule(id, pattern);
    longest = Math.max(
      longest,
      measure(`${rulesName}: ${name}`, EVENT_CEILING_MS, () =>
        attempt(() => `${matcher.rulesFor(text).length} match`),
      ),
    );
  }
}

header(`200 stars against 10,000 characters: ${WILDCARD_CEILING_MS} ms`);
const segments = wildcardSegments('*a'.repeat(200));
if ('reason' in segments) throw new Error(segments.reason);
for (const text of ['a'.repeat(10_000), `${'a'.repeat(9999)}b`, 'b'.repeat(10_000), `${'ab'.repeat(5000)}`]) {
  measure(`${text.slice(0, 4)}… ${text.slice(-2)}`, WILDCARD_CEILING_MS, () =>
    String(matchesSegments(segments, text)),
  );
}

if (isBroken) process.exitCode = 1;
