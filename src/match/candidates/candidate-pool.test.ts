import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePattern } from '../parse-pattern.ts';
import { PlainScanner } from '../scan/plain-scanner.ts';
import { type Candidate, isMet, type Rule } from './candidate.ts';
import { CandidatePool } from './candidate-pool.ts';
import { EventInHand, MAX_NUMBER } from './event-in-hand.ts';
import { FILED, STATE_STRIDE, TICKETS, VERDICT } from './predicate.ts';
import { ScratchList } from './scratch-list.ts';
import { ScratchNumbers } from './scratch-numbers.ts';
import type { Results } from './tickets.ts';

function subRulesOf(pattern: object) {
  return parsePattern(JSON.stringify(pattern)).subRules;
}

function poolOf(...patterns: object[]) {
  const pool = new CandidatePool<number>();
  const rules = patterns.map((pattern, id) => {
    const rule = ruleOf(id);
    pool.admit(rule, subRulesOf(pattern), 0);
    return rule;
  });
  return { pool, rules, candidates: rules.flatMap(candidatesOf) };
}

function ruleOf(id: number): Rule<number> {
  return { id, candidates: [], matchedIn: 7 };
}

function candidatesOf({ candidates }: Rule<number>): readonly Candidate<number>[] {
  return [candidates].flat();
}

test('equal sub-rules share a candidate, whatever the order of their conditions', () => {
  const { pool, rules, candidates } = poolOf(
    { a: ['x', { prefix: 'y' }], b: [1] },
    { b: [1, 1.0], a: [{ prefix: 'y' }, 'x', 'x'] },
    { a: ['x', { exists: false }], b: [1] },
  );
  const [rule, other] = rules;
  const [first, second, third] = candidates;
  assert.ok(first !== undefined && rule !== undefined && other !== undefined);
  assert.equal(first, second);
  assert.notEqual(first, third);
  assert.equal(first.rule, rule);
  assert.deepEqual(first.otherRules, [other]);
  pool.dismiss(rule, 0);
  assert.equal(first.rule, other);
  assert.deepEqual(first.otherRules, []);
  pool.dismiss(other, 0);
  assert.equal(first.filing, undefined);
});

test('the numbers of events can start anew', () => {
  const event = new EventInHand();
  const scanned = new PlainScanner().scan(poolOf().pool.tree, '{}');
  event.number = MAX_NUMBER - 1;
  assert.equal(event.take(scanned), false);
  assert.equal(event.number, MAX_NUMBER);
  assert.equal(event.take(scanned), true);
  assert.equal(event.number, 1);
});

test('when the numbers of events start anew, nothing is left of the old ones', () => {
  const { pool, candidates } = poolOf({ a: ['x'], b: [{ wildcard: '*y*' }], c: ['u', 'v'] });
  const [candidate] = candidates;
  assert.ok(candidate?.filing !== undefined);
  const { tickets: ticket } = candidate.filing;
  assert.ok(typeof ticket === 'number');
  const { states } = pool.vocabulary;
  const event = new EventInHand();
  const scanner = new PlainScanner();
  const takes = (text: string) => {
    event.take(scanner.scan(pool.tree, text));
    for (let row = 0; row < event.rowCount; row++) {
      const field = pool.field(event.node(row));
      field?.see(event, row, event.context(row));
      field?.lookups.lookUp(event, row, field.lookups.filed);
    }
    return event.hits.size > 0 && pool.tickets.passes(ticket, event, states) && isMet(event, candidate);
  };
  assert.equal(takes('{"a":"x","b":"y","c":"v"}'), true);
  const found = event.hits.at(0);
  assert.equal(pool.vocabulary.states[found * STATE_STRIDE + FILED], 1);
  assert.equal(pool.vocabulary.states[found * STATE_STRIDE + TICKETS], ticket);

  for (const [text, isTaken] of [
    ['{"a":"z","b":"y","c":"v"}', false],
    ['{"a":"x","b":"z","c":"v"}', false],
    ['{"a":"x","b":"y","c":"w"}', false],
    ['{"a":"x","b":"y","c":"u"}', true],
  ] as const) {
    pool.forgetEvents();
    event.number = 0;
    assert.equal(states[found * STATE_STRIDE + VERDICT], 0);
    assert.equal(candidate.rule.matchedIn, 0);
    assert.equal(takes(text), isTaken, text);
  }
});

test('a ticket that was given back is given out again', () => {
  const { pool, rules, candidates } = poolOf({ a: ['x'], b: ['y'] });
  const ticket = candidates[0]?.filing?.tickets;
  for (const rule of rules) pool.dismiss(rule, 0);
  const rule = ruleOf(1);
  pool.admit(rule, subRulesOf({ a: ['z'], b: ['y'] }), 0);
  assert.deepEqual(
    candidatesOf(rule).map(({ filing }) => filing?.tickets),
    [ticket],
  );
});

test('candidates that need the same share a ticket, and leave it one by one', () => {
  const range = [{ numeric: ['>', 1] }];
  const { pool, rules, candidates } = poolOf(
    { a: ['x', 'y'], b: ['z', 'w'] },
    { a: ['x'], b: ['z', 'w'], c: range },
    { a: ['x'], d: [true], c: range },
  );
  const [both, one, other] = candidates.map(({ filing }) => filing?.tickets);
  assert.ok(Array.isArray(both) && both.length === 2 && typeof one === 'number');
  assert.ok(both.includes(one));
  assert.notEqual(other, one);
  const [first, second] = candidates;
  const [rule] = rules;
  assert.ok(first !== undefined && rule !== undefined);
  assert.deepEqual(pool.tickets.holders(one), [first, second]);
  pool.dismiss(rule, 0);
  assert.deepEqual(pool.tickets.holders(one), [second]);
  const alone = both.find((ticket) => ticket !== one);
  assert.throws(() => pool.tickets.holders(alone), RangeError);
});

test('who comes back to a ticket that failed too often brings new patience', () => {
  const range = (low: number) => [{ numeric: ['>', low] }];
  const { pool, candidates } = poolOf({ a: ['x'], c: range(1) }, { a: ['x'], c: range(2) });
  const [first] = candidates;
  const ticket = first?.filing?.tickets;
  assert.ok(first !== undefined && typeof ticket === 'number');
  const impatient = new ScratchList<Candidate<number>>();
  const results: Results<number> = { passed: new ScratchNumbers(), impatient };
  const failUntilRefiled = () => {
    impatient.clear();
    let count = 0;
    for (; impatient.size === 0; count++) pool.tickets.disappoint(ticket, results);
    for (let place = 0; place < impatient.size; place++) pool.refile(impatient.at(place), 1000);
    return count;
  };
  const counts = [failUntilRefiled(), failUntilRefiled()];
  assert.deepEqual(counts, [16, 32]);
  assert.equal(first.filing?.tickets, ticket);
});

test('of rules that share a candidate, each can go first', () => {
  for (const leaving of [0, 1, 2]) {
    const same = { a: ['x'] };
    const { pool, rules, candidates } = poolOf(same, same, same);
    const [candidate] = candidates;
    const [rule] = rules.splice(leaving, 1);
    assert.ok(candidate !== undefined && rule !== undefined);
    pool.dismiss(rule, 0);
    const left = [candidate.rule, ...(candidate.otherRules ?? [])].map(({ id }) => id);
    assert.deepEqual(
      left.toSorted(),
      rules.map(({ id }) => id),
    );
  }
});

test('a ticket answers as long as one rule alone needs no more than it', () => {
  const range = [{ numeric: ['>', 1] }];
  const { pool, rules, candidates } = poolOf(
    { a: ['x'], b: ['y'] },
    { a: ['x'], c: range },
    { a: ['y', 'z'] },
  );
  const [plain, open, listed] = candidates.map(({ filing }) => filing?.tickets);
  assert.ok(typeof plain === 'number' && typeof open === 'number' && Array.isArray(listed));
  assert.equal(pool.tickets.answer(plain), 0);
  assert.equal(pool.tickets.answer(open), undefined);
  assert.deepEqual(
    listed.map((ticket) => pool.tickets.answer(ticket)),
    [undefined, undefined],
  );
  const [rule] = rules;
  assert.ok(rule !== undefined);
  const branch = ruleOf(5);
  pool.admit(branch, subRulesOf({ $or: [{ d: ['x'] }, { e: ['y'] }] }), 0);
  for (const { filing } of candidatesOf(branch)) {
    assert.ok(typeof filing?.tickets === 'number');
    assert.equal(pool.tickets.answer(filing.tickets), undefined);
  }
  pool.admit(ruleOf(6), subRulesOf({ b: ['y'], a: ['x'] }), 0);
  assert.equal(pool.tickets.answer(plain), undefined);
  pool.dismiss(rule, 0);
  assert.equal(pool.tickets.answer(plain), undefined);
});
