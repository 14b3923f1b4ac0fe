import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePattern } from '../match/index.ts';
import { archiveRulePattern } from './archive-pattern.ts';

test('without a pattern every event is archived that is no replay', () => {
  assert.equal(archiveRulePattern(undefined), '{"replay-name":[{"exists":false}]}');
});

const cases: readonly (readonly [string, string])[] = [
  ['{ "source" : [ "a" , "b" ] }', '"source":["a","b"]'],
  ['{"replay-name":[{"exists":true}],"source":["a"]}', '"source":["a"]'],
  ['{"source":["a"],"detail":{"replay-name":["r"]}}', '"source":["a"],"detail":{"replay-name":["r"]}'],
  ['{"detail":{"n":[12345678901234567890, 1.50e3, -0]}}', '"detail":{"n":[12345678901234567890,1.50e3,-0]}'],
  ['{"a":[true,\tfalse,null,{"prefix":"x"}]}', '"a":[true,false,null,{"prefix":"x"}]'],
  ['{"a":["\\u0041\\n\\"\\ud800"]}', '"a":["A\\n\\"\\ud800"]'],
  ['{"__proto__":["x"],"1":["y"]}', '"__proto__":["x"],"1":["y"]'],
  ['{"a":["x"],"a":["y"]}', '"a":["x"],"a":["y"]'],
  ['{"$or":[{"a":["x"]},{"b":["y"]}]} and more', '"$or":[{"a":["x"]},{"b":["y"]}]'],
];

for (const [pattern, members] of cases) {
  test(`${pattern} keeps its meaning, for events that are no replay`, () => {
    const made = archiveRulePattern(pattern);
    assert.equal(made, `{"replay-name":[{"exists":false}],${members}}`);
    parsePattern(pattern);
    parsePattern(made);
  });
}
