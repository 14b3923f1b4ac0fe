import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { conditionTexts, stringTexts } from '../../../test/pattern-grammar.ts';
import { InvalidPatternError } from '../invalid-pattern-error.ts';
import { parsePattern } from '../parse-pattern.ts';
import type { Condition } from '../pattern.ts';
import { PathTree } from '../scan/path-tree.ts';
import { PlainScanner } from '../scan/plain-scanner.ts';
import { byteCondition } from './byte-condition.ts';
import { EventInHand } from './event-in-hand.ts';
import { ManyValues } from './many-values.ts';

function eventOf(values: readonly string[]): EventInHand {
  const tree = new PathTree();
  tree.acquire('a');
  const event = new EventInHand();
  event.take(new PlainScanner().scan(tree, `{"a":[${values.join()}]}`));
  return event;
}

function conditionsOf(text: string): readonly Condition[] {
  try {
    return parsePattern(`{"a":[${text}]}`).subRules.flatMap(({ fields }) => [...fields.values()].flat());
  } catch (error) {
    if (error instanceof InvalidPatternError) return [];
    throw error;
  }
}

test('some value satisfies a test if it is so one by one', () => {
  const numbers = fc.constantFrom('0', '-0.0', '1', '2', '3', '-3.5', '16', '300', '5000000001', '1e309');
  const addresses = fc.tuple(fc.nat(20), fc.nat(3)).map(([high, low]) => `"${high}.0.0.${low}"`);
  const words = fc
    .string({ unit: fc.constantFrom('x', 'y', 'é', '1'), maxLength: 3 })
    .map((text) => `"${text}"`);
  const bounds = fc
    .tuple(fc.constantFrom('>', '>='), fc.constantFrom('<', '<='), fc.nat(3), fc.integer({ min: 1, max: 3 }))
    .map(([low, high, from, width]) => `{"numeric":["${low}",${from},"${high}",${from + width}]}`);
  const blocks = fc
    .tuple(fc.nat(20), fc.integer({ min: 1, max: 31 }))
    .map(([high, bits]) => `{"cidr":"${high}.0.0.1/${bits}"}`);
  const holds = new Map<boolean, number>();
  fc.assert(
    fc.property(
      fc.array(fc.oneof(numbers, addresses, words, stringTexts), { minLength: 1, maxLength: 30 }),
      fc.array(fc.oneof(conditionTexts, bounds, blocks), { minLength: 1, maxLength: 5 }),
      (values, conditions) => {
        const event = eventOf(values);
        const rows = Int32Array.from({ length: event.rowCount }, (_, row) => row);
        const many = new ManyValues(event, rows);
        for (const condition of conditions.flatMap(conditionsOf)) {
          const { test: holdsFor, hint } = byteCondition(condition);
          if (holdsFor === undefined) continue;
          const expected = rows.some((row) => holdsFor(event, row));
          holds.set(expected, (holds.get(expected) ?? 0) + 1);
          assert.equal(many.some(holdsFor, hint), expected, JSON.stringify(condition));
        }
      },
    ),
    { numRuns: 3000 },
  );
  assert.ok(Math.min(holds.get(true) ?? 0, holds.get(false) ?? 0) > 1000, 'one answer is hardly seen');
});

test('equal values are tested once, and no other value is lost', () => {
  const texts = Array.from({ length: 2000 }, (_, index) => `"${index % 500}"`);
  const event = eventOf(texts);
  const many = new ManyValues(
    event,
    Int32Array.from({ length: event.rowCount }, (_, row) => row),
  );
  const seen: string[] = [];
  many.some((_, row) => {
    seen.push(event.text(row));
    return false;
  }, undefined);
  assert.equal(new Set(seen).size, 500);
  assert.ok(seen.length < 600, `${seen.length} tests for 500 different values`);
});
