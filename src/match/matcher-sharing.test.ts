import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Matcher } from './matcher.ts';
import { matches } from './naive-matcher.ts';
import { parsePattern } from './parse-pattern.ts';
import type { Pattern } from './pattern.ts';

// Few words, so that rules share predicates, candidates and tickets all the time, and leave each other's.

const word = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 2 });
const texts = fc.oneof(
  { weight: 4, arbitrary: word.map((text) => `["${text}"]`) },
  fc.uniqueArray(word, { minLength: 2, maxLength: 3 }).map((list) => JSON.stringify(list)),
  word.map((text) => `[{"prefix":"${text}"}]`),
  word.map((text) => `[{"suffix":"${text}"}]`),
  fc.tuple(word, word).map(([first, last]) => `[{"wildcard":"${first}*${last}"}]`),
  fc.tuple(word, word).map(([text, start]) => `["${text}",{"prefix":"${start}"}]`),
  fc.tuple(word, word).map(([end, other]) => `[{"suffix":"${end}"},{"suffix":"${other}"}]`),
  word.map((text) => `[{"anything-but":"${text}"}]`),
  fc.constantFrom('[{"exists":true}]', '[{"exists":false}]'),
);
const numbers = fc.oneof(
  fc.nat(4).map((bound) => `[{"numeric":[">",${bound}]}]`),
  fc.nat(4).map((bound) => `[{"numeric":[">=",${bound},"<",${bound + 2}]}]`),
  fc.nat(4).map((value) => `[${value}]`),
  fc.constant('[{"exists":false}]'),
);
const fields = { s: texts, t: texts, n: numbers };
const pattern = fc
  .subarray(['s', 't', 'n'] as const, { minLength: 1 })
  .chain((keys) => fc.tuple(...keys.map((key) => fields[key].map((text) => `"${key}":${text}`))))
  .map((members) => `{"o":{${members}}}`);
const patterns = fc
  .oneof(
    { weight: 6, arbitrary: pattern },
    { weight: 1, arbitrary: fc.tuple(pattern, pattern).map((branches) => `{"$or":[${branches}]}`) },
  )
  .map((text) => parsePattern(text));

const one = fc.oneof(
  { weight: 4, arbitrary: word.map((text) => `"${text}"`) },
  { weight: 3, arbitrary: fc.nat(5).map(String) },
);
const value = fc.oneof(
  { weight: 8, arbitrary: one },
  { weight: 1, arbitrary: fc.array(one, { maxLength: 3 }).map((list) => `[${list}]`) },
);
// A key may come twice.
const object = fc
  .array(fc.tuple(fc.constantFrom('s', 't', 'n', 'u'), value), { minLength: 1, maxLength: 4 })
  .map((members) => `{${members.map(([key, text]) => `"${key}":${text}`)}}`);
const event = fc
  .oneof(
    { weight: 5, arbitrary: object },
    { weight: 1, arbitrary: fc.array(object, { minLength: 1, maxLength: 3 }).map((list) => `[${list}]`) },
  )
  .map((text) => `{"o":${text}}`);

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ id: fc.nat(30), pattern: patterns }) },
  { weight: 2, arbitrary: fc.record({ id: fc.nat(30) }) },
  { weight: 2, arbitrary: fc.record({ event, times: fc.constantFrom(1, 1, 20) }) },
);

test('what rules share is as right as what each has alone, while they come, go and are filed anew', () => {
  let matched = 0;
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 120 }), (steps) => {
      const matcher = new Matcher<number>();
      const rules = new Map<number, Pattern>();
      for (const taken of steps) {
        if ('event' in taken) {
          const answer = [...rules.keys()].filter((id) => matches(rules.get(id) as Pattern, taken.event));
          answer.sort((a, b) => a - b);
          matched += answer.length;
          for (let time = 0; time < taken.times; time++) {
            assert.deepEqual(
              matcher.rulesFor(taken.event).sort((a, b) => a - b),
              answer,
              taken.event,
            );
          }
        } else if ('pattern' in taken) {
          matcher.addRule(taken.id, taken.pattern);
          rules.set(taken.id, taken.pattern);
        } else {
          assert.equal(matcher.removeRule(taken.id), rules.delete(taken.id));
        }
      }
    }),
    { numRuns: 1000 },
  );
  assert.ok(matched > 2000, `only ${matched} matches were seen`);
});

test('who leaves a ticket is no longer answered for', () => {
  const matcher = new Matcher<number>();
  for (let id = 0; id < 3; id++) {
    matcher.addRule(id, parsePattern(`{"s":["a"],"n":[{"numeric":[">",${id}]}]}`));
  }
  const event = '{"s":"a","n":2}';
  assert.deepEqual(matcher.rulesFor(event), [0, 1]);
  matcher.removeRule(1);
  assert.deepEqual(matcher.rulesFor(event), [0]);
  matcher.addRule(3, parsePattern('{"s":["a"],"n":[{"numeric":["<",3]}]}'));
  assert.deepEqual(matcher.rulesFor(event), [0, 3]);
});
