import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { runMatchSuite } from '../../test/match-suite.ts';
import { eventTexts, patternTexts } from '../../test/pattern-grammar.ts';
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
