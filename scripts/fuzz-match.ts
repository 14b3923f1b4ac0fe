/**
 * Compares the two engines of src/match on random patterns and events, whole and mutilated, for as long as
 * it is told: `node scripts/fuzz-match.ts MINUTES [SEED]`. It ends with code 1 at the first disagreement or
 * crash and prints what a test case needs. Nothing may be thrown but the room's own typed errors.
 */
import fc from 'fast-check';
import {
  InvalidEventError,
  InvalidPatternError,
  Matcher,
  matches,
  type Pattern,
  parsePattern,
} from '../src/match/index.ts';
import { eventTexts, patternTexts } from '../test/pattern-grammar.ts';

const minutes = Number(process.argv[2] ?? 1);
let seed = Number(process.argv[3] ?? Date.now() % 2 ** 31);
const RULES_AT_ONCE = 8;
const ROUND = 500;

const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.nat(3),
  insert: fc.oneof(
    fc.constant(''),
    fc.constantFrom(
      '"',
      '\\',
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '*',
      '1e5',
      '-0',
      'null',
      '$or',
      '\ud800',
      '\u0000',
      '/',
    ),
    fc.string({ unit: 'binary', maxLength: 4 }),
  ),
});

function edited(text: string, edits: readonly { at: number; remove: number; insert: string }[]): string {
  return edits.reduce((current, { at, remove, insert }) => {
    const place = Math.floor(at * current.length);
    return current.slice(0, place) + insert + current.slice(place + remove);
  }, text);
}

const edits = fc.oneof(fc.constant([]), fc.array(edit, { maxLength: 3 }));
const rawPatterns = fc.tuple(patternTexts, edits).map(([text, changes]) => edited(text, changes));
const rawEvents = fc.tuple(eventTexts, edits).map(([text, changes]) => edited(text, changes));

function compile(text: string): Pattern | undefined {
  try {
    return parsePattern(text);
  } catch (error) {
    if (error instanceof InvalidPatternError) return undefined;
    throw new Error(`parsePattern threw ${String(error)}`, { cause: error });
  }
}

/** The ids of the rules that match, or that the event is refused. */
function verdict(find: () => readonly number[]): string {
  try {
    return find()
      .toSorted((a, b) => a - b)
      .join(',');
  } catch (error) {
    if (error instanceof InvalidEventError) return 'refused';
    throw new Error(`an engine threw ${String(error)}`, { cause: error });
  }
}

const counts = { events: 0, refused: 0, matched: 0, patterns: 0, invalid: 0 };

const property = fc.property(
  fc.array(rawPatterns, { minLength: 1, maxLength: RULES_AT_ONCE }),
  fc.array(rawEvents, { minLength: 1, maxLength: 4 }),
  (texts, events) => {
    const patterns = texts.map(compile).filter((pattern) => pattern !== undefined);
    counts.patterns += patterns.length;
    counts.invalid += texts.length - patterns.length;
    if (patterns.length === 0) return;
    const matcher = new Matcher<number>();
    for (const [id, pattern] of patterns.entries()) matcher.addRule(id, pattern);
    for (const event of events) {
      const fast = verdict(() => matcher.rulesFor(event));
      const naive = verdict(() =>
        [...patterns.keys()].filter((id) => matches(patterns[id] as Pattern, event)),
      );
      counts.events++;
      if (fast === 'refused') counts.refused++;
      else if (fast !== '') counts.matched++;
      if (fast !== naive) throw new Error(`fast says "${fast}", naive says "${naive}"`);
    }
  },
);

const started = process.cpuUsage();
const cpuMinutes = () => {
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 60e6;
};

while (cpuMinutes() < minutes) {
  const outcome = fc.check(property, { numRuns: ROUND, seed });
  if (outcome.failed) {
    console.error(`seed ${seed}`);
    console.error(JSON.stringify(outcome.counterexample, null, 2));
    console.error(outcome.errorInstance);
    process.exit(1);
  }
  seed = (seed + 1) % 2 ** 31;
}
console.log(`${cpuMinutes().toFixed(1)} minutes of CPU, last seed ${seed - 1}:`, JSON.stringify(counts));
