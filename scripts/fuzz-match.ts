/**
 * Compares the two engines of src/match on random patterns and events, whole and mutilated, for as many minutes of CPU
 * as it is told. The fast one runs with both scanners, on strings and bytes, on new rules alone and among others that
 * come and go: `node scripts/fuzz-match.ts MINUTES [SEED]`. It ends with code 1 at the first disagreement or
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
import { PlainScanner } from '../src/match/scan/plain-scanner.ts';
import { eventTexts, patternTexts } from '../test/pattern-grammar.ts';

const minutes = Number(process.argv[2] ?? 1);
let seed = Number(process.argv[3] ?? Date.now() % 2 ** 31);
const RULES_AT_ONCE = 8;
/** How many rules stay in the matcher that lasts, and how many of the older ones are compared each time. */
const LASTING_RULES = 300;
const OLDER_COMPARED = 8;
const ROUND = 500;
const REPORT_EVERY_MINUTES = 1;

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

// The scanner remembers what events look like and which of their values never change: so many events follow each other
// that differ from one of them in a few tokens, and now and then in what is no token.
const MOST_ALIKE = 40;
const TOKEN = /"(?:\\.|[^"\\])*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[[\]{},:]/g;
const token = fc.oneof(
  fc.constantFrom('0', '-0', '1', '12', '1.5', '1e3', '12345678901234567', 'true', 'false', 'null'),
  fc.constantFrom(
    '""',
    '"a"',
    '"ab"',
    '"a\\u0062"',
    '"é"',
    `"${'x'.repeat(40)}"`,
    '{}',
    '[]',
    '[1]',
    '{"a":1}',
  ),
  fc.constantFrom('', ' ', '01', '1.', 'tru', '"', '\\', ',', ']', '}'),
);
const change = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), token });
const alike = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 6, arbitrary: fc.array(change, { minLength: 1, maxLength: 2 }) },
  ),
  { maxLength: MOST_ALIKE },
);

function changed(text: string, changes: readonly { at: number; token: string }[]): string {
  return changes.reduce((current, { at, token: put }) => {
    const tokens = [...current.matchAll(TOKEN)];
    const found = tokens[Math.floor(at * tokens.length)];
    if (found === undefined) return current;
    return current.slice(0, found.index) + put + current.slice(found.index + found[0].length);
  }, text);
}

const eventsAlike = fc
  .tuple(rawEvents, alike)
  .map(([text, variants]) => [text, ...variants.map((changes) => changed(text, changes))]);
const eventLists = fc.oneof(
  { weight: 3, arbitrary: fc.array(rawEvents, { minLength: 1, maxLength: 4 }) },
  { weight: 1, arbitrary: eventsAlike },
);

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

const plain = new PlainScanner();
const lasting = new Matcher<number>();
const lastingRules = new Map<number, Pattern>();
let lastId = 0;

/** Lets new rules into the matcher that lasts, and the oldest out; returns the ids to compare. */
function admit(patterns: readonly Pattern[]): Set<number> {
  const ids = new Set([...lastingRules.keys()].slice(-OLDER_COMPARED));
  for (const pattern of patterns) {
    lasting.addRule(++lastId, pattern);
    lastingRules.set(lastId, pattern);
    ids.add(lastId);
  }
  for (const id of [...lastingRules.keys()].slice(0, -LASTING_RULES)) {
    lasting.removeRule(id);
    lastingRules.delete(id);
  }
  return ids;
}

const property = fc.property(
  fc.array(rawPatterns, { minLength: 1, maxLength: RULES_AT_ONCE }),
  eventLists,
  (texts, events) => {
    const patterns = texts.map(compile).filter((pattern) => pattern !== undefined);
    counts.patterns += patterns.length;
    counts.invalid += texts.length - patterns.length;
    if (patterns.length === 0) return;
    const fresh = new Matcher<number>();
    const onPlain = new Matcher<number>({ scanner: plain });
    for (const [id, pattern] of patterns.entries()) {
      fresh.addRule(id, pattern);
      onPlain.addRule(id, pattern);
    }
    const compared = admit(patterns);
    for (const event of events) {
      const naive = naiveVerdict(new Map(patterns.entries()), event);
      counts.events++;
      if (naive === 'refused') counts.refused++;
      else if (naive !== '') counts.matched++;
      expectSame('fast', () => fresh.rulesFor(event), naive);
      expectSame('fast on bytes', () => fresh.rulesFor(Buffer.from(withoutLoneSurrogates(event))), naive);
      expectSame('fast on the plain scanner', () => onPlain.rulesFor(event), naive);
      const among = naiveVerdict(
        new Map([...compared].map((id) => [id, lastingRules.get(id) as Pattern])),
        event,
      );
      expectSame('fast among others', () => lasting.rulesFor(event).filter((id) => compared.has(id)), among);
    }
  },
);

function naiveVerdict(patterns: ReadonlyMap<number, Pattern>, event: string): string {
  return verdict(() => [...patterns].filter(([, pattern]) => matches(pattern, event)).map(([id]) => id));
}

function expectSame(name: string, find: () => readonly number[], naive: string): void {
  const found = verdict(find);
  if (found !== naive) throw new Error(`${name} says "${found}", naive says "${naive}"`);
}

/** The same JSON in a form that UTF-8 can hold. A lone surrogate outside of strings is refused either way. */
function withoutLoneSurrogates(text: string): string {
  return text.isWellFormed()
    ? text
    : text.replace(/\\.|\p{Surrogate}/gsu, (unit) =>
        unit.startsWith('\\') ? unit : `\\u${unit.charCodeAt(0).toString(16)}`,
      );
}

const started = process.cpuUsage();
const cpuMinutes = () => {
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 60e6;
};

const report = () =>
  console.log(`${cpuMinutes().toFixed(1)} minutes of CPU, last seed ${seed - 1}:`, JSON.stringify(counts));

console.log(`from seed ${seed}`);
let nextReport = REPORT_EVERY_MINUTES;
while (cpuMinutes() < minutes) {
  const outcome = fc.check(property, { numRuns: ROUND, seed });
  if (outcome.failed) {
    console.error(`seed ${seed}`);
    console.error(JSON.stringify(outcome.counterexample, null, 2));
    console.error(outcome.errorInstance);
    process.exit(1);
  }
  seed = (seed + 1) % 2 ** 31;
  if (cpuMinutes() < nextReport) continue;
  report();
  nextReport += REPORT_EVERY_MINUTES;
}
report();
