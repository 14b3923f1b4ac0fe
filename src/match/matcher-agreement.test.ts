import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { runMatchSuite } from '../../test/match-suite.ts';
import { conditionTexts, eventTexts, patternTexts, stringTexts } from '../../test/pattern-grammar.ts';
import { InvalidPatternError } from './invalid-pattern-error.ts';
import { Matcher } from './matcher.ts';
import { matches } from './naive-matcher.ts';
import { parsePattern } from './parse-pattern.ts';
import type { Pattern } from './pattern.ts';

runMatchSuite('the fast engine', (pattern, event) => {
  const matcher = new Matcher<string>();
  matcher.addRule('the rule', pattern);
  return matcher.rulesFor(event).length === 1;
});

function parsed(text: string): Pattern | undefined {
  try {
    return parsePattern(text);
  } catch (error) {
    if (error instanceof InvalidPatternError) return undefined;
    throw error;
  }
}

const patterns = patternTexts.map(parsed).filter((pattern) => pattern !== undefined);

function expected(rules: ReadonlyMap<number, Pattern>, event: string): number[] {
  return [...rules].filter(([, pattern]) => matches(pattern, event)).map(([id]) => id);
}

const ascending = (ids: readonly number[]) => ids.toSorted((a, b) => a - b);

test('many rules together answer as each alone does in the naive engine', () => {
  let matched = 0;
  fc.assert(
    fc.property(
      fc.array(patterns, { minLength: 1, maxLength: 12 }),
      fc.array(eventTexts, { minLength: 1, maxLength: 4 }),
      (rules, events) => {
        const matcher = new Matcher<number>();
        for (const [id, pattern] of rules.entries()) matcher.addRule(id, pattern);
        for (const event of events) {
          const answer = expected(new Map(rules.entries()), event);
          matched += answer.length;
          assert.deepEqual(ascending(matcher.rulesFor(event)), answer, event);
          assert.deepEqual(ascending(matcher.rulesFor(new TextEncoder().encode(event))), answer, 'as bytes');
        }
      },
    ),
    { numRuns: 1500 },
  );
  assert.ok(matched > 1000, `only ${matched} matches were seen`);
});

test('rules that come and go leave nothing behind and take nothing with them', () => {
  const step = fc.oneof(
    { weight: 3, arbitrary: fc.record({ id: fc.nat(7), pattern: patterns }) },
    { weight: 2, arbitrary: fc.record({ id: fc.nat(7), pattern: fc.constant(undefined) }) },
    { weight: 3, arbitrary: fc.record({ event: eventTexts }) },
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const matcher = new Matcher<number>();
      const rules = new Map<number, Pattern>();
      for (const taken of steps) {
        if ('event' in taken) {
          assert.deepEqual(
            ascending(matcher.rulesFor(taken.event)),
            ascending(expected(rules, taken.event)),
            taken.event,
          );
        } else if (taken.pattern !== undefined) {
          matcher.addRule(taken.id, taken.pattern);
          rules.set(taken.id, taken.pattern);
        } else {
          assert.equal(matcher.removeRule(taken.id), rules.delete(taken.id));
        }
        assert.equal(matcher.size, rules.size);
      }
    }),
    { numRuns: 600 },
  );
});

test('an envelope and a detail answer as the event they make', () => {
  fc.assert(
    fc.property(
      fc.array(patterns, { minLength: 1, maxLength: 6 }),
      fc.record(
        {
          source: fc.string({ unit: 'binary' }),
          id: fc.constantFrom('x', '😀', '\ud800'),
          resources: fc.array(fc.string()),
        },
        { requiredKeys: [] },
      ),
      eventTexts,
      (inner, envelope, detail) => {
        const matcher = new Matcher<number>();
        const rules = inner.flatMap((pattern) =>
          ['source', 'id', 'resources']
            .map((key) => `{"detail":${pattern.text},"${key}":["x","😀","\\ud800",{"exists":false}]}`)
            .map(parsed)
            .filter((rule) => rule !== undefined),
        );
        for (const [id, rule] of rules.entries()) matcher.addRule(id, rule);
        const whole = `${JSON.stringify(envelope).slice(0, -1)}${Object.keys(envelope).length > 0 ? ',' : ''}"detail":${detail}}`;
        assert.deepEqual(
          ascending(matcher.rulesForParts(envelope, detail)),
          expected(new Map(rules.entries()), whole),
        );
      },
    ),
    { numRuns: 500 },
  );
});

test('stopping early answers the same for events whose keys are unique and hold no dots', () => {
  const withoutDots = (_: string, value: unknown): unknown =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).filter(([key]) => !key.includes('.')))
      : value;
  const tidyEvents = eventTexts.map((event) => JSON.stringify(JSON.parse(event, withoutDots)));
  fc.assert(
    fc.property(fc.array(patterns, { minLength: 1, maxLength: 6 }), tidyEvents, (rules, event) => {
      const matcher = new Matcher<number>({ stopEarly: true });
      for (const [id, pattern] of rules.entries()) matcher.addRule(id, pattern);
      assert.deepEqual(ascending(matcher.rulesFor(event)), expected(new Map(rules.entries()), event), event);
    }),
    { numRuns: 1500 },
  );
});

const scalarTexts = fc.oneof(
  { weight: 3, arbitrary: stringTexts },
  fc.constantFrom('0', '-0', '1', '1.0', '2', '-3.5', '300', '16', '5000000001', '9007199254740993', '1e309'),
  fc.constantFrom('true', 'null'),
);

function listOf(count: number, texts: readonly string[]): string {
  return `[${Array.from({ length: count }, (_, index) => texts[index % texts.length]).join()}]`;
}

test('many values answer as few do', () => {
  let matched = 0;
  fc.assert(
    fc.property(
      fc.array(conditionTexts, { minLength: 8, maxLength: 12 }),
      fc.array(scalarTexts, { minLength: 1, maxLength: 4 }),
      (conditions, values) => {
        const rules = new Map<number, Pattern>();
        for (const condition of conditions) {
          const pattern = parsed(`{"a":[${condition}]}`);
          if (pattern !== undefined) rules.set(rules.size, pattern);
        }
        const matcher = new Matcher<number>();
        for (const [id, pattern] of rules) matcher.addRule(id, pattern);
        const answer = expected(rules, `{"a":[${values.join()}]}`);
        matched += answer.length;
        assert.deepEqual(ascending(matcher.rulesFor(`{"a":${listOf(200, values)}}`)), answer);
      },
    ),
    { numRuns: 1000 },
  );
  assert.ok(matched > 1000, `only ${matched} matches were seen`);
});

test('many elements of arrays answer as few do', () => {
  const element = fc
    .record({ x: fc.option(scalarTexts), y: fc.option(scalarTexts) })
    .map(({ x, y }) => [x === null ? [] : `"x":${x}`, y === null ? [] : `"y":${y}`].flat().join());
  fc.assert(
    fc.property(
      fc.array(fc.tuple(conditionTexts, conditionTexts), { minLength: 8, maxLength: 12 }),
      fc.array(element, { minLength: 1, maxLength: 4 }),
      (conditions, elements) => {
        const rules = new Map<number, Pattern>();
        for (const [x, y] of conditions) {
          const pattern = parsed(`{"a":{"x":[${x}],"y":[${y}]}}`);
          if (pattern !== undefined) rules.set(rules.size, pattern);
        }
        const matcher = new Matcher<number>();
        for (const [id, pattern] of rules) matcher.addRule(id, pattern);
        const objects = elements.map((members) => `{${members}}`);
        const answer = expected(rules, `{"a":[${objects.join()}]}`);
        assert.deepEqual(ascending(matcher.rulesFor(`{"a":${listOf(200, objects)}}`)), answer);
      },
    ),
    { numRuns: 1000 },
  );
});

test('wildcards in long strings answer as in short ones', () => {
  const piece = fc.constantFrom('a', 'b', 'ab', 'ba', 'é', '日', 'x');
  const pieces = (maxLength: number) => fc.array(piece, { maxLength }).map((parts) => parts.join(''));
  const wildcard = fc
    .array(pieces(3), { minLength: 1, maxLength: 4 })
    .map((parts) =>
      parts.filter((part, index) => part !== '' || index === 0 || index === parts.length - 1).join('*'),
    );
  fc.assert(
    fc.property(
      fc.array(wildcard, { minLength: 1, maxLength: 6 }),
      pieces(8),
      fc.nat(300),
      (wildcards, text, times) => {
        const matcher = new Matcher<number>();
        const rules = new Map<number, Pattern>();
        for (const value of wildcards) {
          const pattern = parsed(JSON.stringify({ a: [{ wildcard: value }] }));
          if (pattern !== undefined) rules.set(rules.size, pattern);
        }
        for (const [id, pattern] of rules) matcher.addRule(id, pattern);
        const event = JSON.stringify({ a: `${text.repeat(times)}ab` });
        assert.deepEqual(ascending(matcher.rulesFor(event)), expected(rules, event));
      },
    ),
    { numRuns: 1000 },
  );
});

test('rules stay right while they are filed anew', () => {
  fc.assert(
    fc.property(
      fc.array(patterns, { minLength: 5, maxLength: 20 }),
      fc.array(eventTexts, { minLength: 5, maxLength: 10 }),
      (rules, events) => {
        const matcher = new Matcher<number>();
        for (const [id, pattern] of rules.entries()) matcher.addRule(id, pattern);
        const answers = events.map((event) => expected(new Map(rules.entries()), event));
        for (let round = 0; round < 40; round++) {
          for (const [index, event] of events.entries()) {
            assert.deepEqual(ascending(matcher.rulesFor(event)), answers[index], event);
          }
        }
      },
    ),
    { numRuns: 100 },
  );
});

test('choices in nested arrays answer as the naive engine does', () => {
  const leaf = fc.constantFrom('0', '1', '[0,1]', '[]');
  const object = (members: Record<string, fc.Arbitrary<string>>) =>
    fc
      .record(members, { requiredKeys: [] })
      .map((made) => `{${Object.entries(made).map(([key, text]) => `"${key}":${text}`)}}`);
  const list = (entry: fc.Arbitrary<string>) =>
    fc.oneof(
      entry,
      fc.array(entry, { minLength: 1, maxLength: 4 }).map((entries) => `[${entries.join()}]`),
    );
  const inner = list(object({ y: leaf, z: leaf }));
  const outer = list(list(object({ x: leaf, w: leaf, b: inner })));
  // With a repeated key there are arrays beside each other.
  const events = fc
    .array(outer, { minLength: 1, maxLength: 3 })
    .map((lists) => `{${lists.map((text) => `"a":${text}`)}}`);
  const condition = fc.constantFrom(
    '[0]',
    '[1]',
    '[{"exists":true}]',
    '[{"exists":false}]',
    '[1,{"exists":false}]',
  );
  const rule = fc
    .subarray(['x', 'w', 'b.y', 'b.z', 'b'], { minLength: 2 })
    .chain((paths) => fc.tuple(...paths.map((path) => condition.map((text) => `"a.${path}":${text}`))))
    .map((members) => parsePattern(`{${members.join()}}`));
  let matched = 0;
  fc.assert(
    fc.property(fc.array(rule, { minLength: 1, maxLength: 6 }), events, (rules, event) => {
      const matcher = new Matcher<number>();
      for (const [id, pattern] of rules.entries()) matcher.addRule(id, pattern);
      const answer = expected(new Map(rules.entries()), event);
      matched += answer.length;
      assert.deepEqual(ascending(matcher.rulesFor(event)), answer, event);
    }),
    { numRuns: 4000 },
  );
  assert.ok(matched > 1000, `only ${matched} matches were seen`);
});

test('an event that is a puzzle is refused, and not pondered for ever', () => {
  // Eight pigeons in seven holes. Each repetition of the key is a pigeon that is in a hole or is not, and each field is a
  // sentence that some of that makes true: a pigeon is somewhere, two pigeons are not in one hole.
  const pigeons = [...Array(8).keys()];
  const holes = [...Array(7).keys()];
  const pairs = pigeons.flatMap((one) =>
    pigeons.filter((other) => other > one).map((other) => [one, other] as const),
  );
  const isIn = (pigeon: number) => [`"p${pigeon}":1`];
  const isNotIn = (pigeon: number, hole: number) =>
    pairs.filter((pair) => pair.includes(pigeon)).map(([one, other]) => `"h${hole}_${one}_${other}":1`);
  const repeated = pigeons.flatMap((pigeon) =>
    holes.map((hole) => `"v":[{${isIn(pigeon)}},{${isNotIn(pigeon, hole)}}]`),
  );
  const sentences = [
    ...pigeons.map((pigeon) => `"p${pigeon}":[1]`),
    ...holes.flatMap((hole) => pairs.map(([one, other]) => `"h${hole}_${one}_${other}":[1]`)),
  ];
  const matcher = new Matcher<string>();
  matcher.addRule('all', parsePattern(`{"v":{${sentences}}}`));
  assert.throws(() => matcher.rulesFor(`{${repeated}}`), /too many ways/);
  assert.deepEqual(matcher.rulesFor('{"v":1}'), []);
});
