import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseJson } from '../parameters/json-text.ts';
import { type ParameterValue, plainObjects } from '../parameters/parameter-value.ts';
import { tableText } from './output-table.ts';
import { plainText } from './output-text.ts';
import { yamlText } from './output-yaml.ts';

// Random values with what the formatters of the AWS CLI 2.9.19 made of them; YAML as a list of one.
const lines = readFileSync(new URL('../../../test/data/cli-outputs.jsonl', import.meta.url), 'utf8').trim();
const recorded = lines
  .split('\n')
  .map((line) => plainObjects(parseJson(line)) as ReadonlyMap<string, ParameterValue>)
  .map((line) => ({ value: line.get('value') ?? null, of: (format: string) => line.get(format) }));

const style = { width: 80, colored: false };

test('recorded values as text, table and YAML', () => {
  assert.ok(recorded.length >= 40);
  for (const { value, of } of recorded) {
    assert.equal(plainText(value), of('text'));
    assert.equal(yamlText([value]), of('yaml'));
    assert.equal(tableText('ListRules', value, style), of('table'));
    assert.equal(tableText('ListRules', value, { ...style, colored: true }), of('colored'));
  }
});

function value(json: string): ParameterValue {
  return plainObjects(parseJson(json));
}

test('a table turns what does not fit the terminal', () => {
  const wide = value('{"Rule": {"Name": "a", "Arn": "arn:aws:events"}}');
  assert.equal(
    tableText('T', wide, { width: 30, colored: false }),
    `------------------------------
|              T             |
+----------------------------+
||           Rule           ||
|+-----------------+--------+|
||       Arn       | Name   ||
|+-----------------+--------+|
||  arn:aws:events |  a     ||
|+-----------------+--------+|
`,
  );
  assert.equal(
    tableText('T', wide, { width: 29, colored: false }),
    `------------------------------
|              T             |
+----------------------------+
||           Rule           ||
|+-------+------------------+|
||  Arn  |  arn:aws:events  ||
||  Name |  a               ||
|+-------+------------------+|
`,
  );
});

test('a list of objects and other things is no table', () => {
  assert.throws(() => tableText('T', value('[{"a": 1}, 2]'), style), RangeError);
  assert.throws(() => tableText('T', value('[[1, 2], [3]]'), style), {
    message: 'Row should have 2 elements, instead it has 1',
  });
});

test('nothing is no table, and no text', () => {
  for (const nothing of ['null', '[]', '{}', '0', 'false', '""']) {
    assert.equal(tableText('T', value(nothing), style), '', nothing);
  }
  assert.equal(plainText(value('[]')), '');
  assert.equal(plainText(null), 'None\n');
});

test('YAML: texts that would read back as something else are quoted, long ones folded', () => {
  const cases: readonly (readonly [text: string, yaml: string])[] = [
    ['yes', 'yes'],
    ['true', "'true'"],
    ['1_000', "'1_000'"],
    ['_1', '_1'],
    ['12:30', '12:30'],
    ['2020-01-01', "'2020-01-01'"],
    ['', "''"],
    ['a: b', "'a: b'"],
    ['é', 'é'],
    ['😀\t', '"\\U0001F600\\t"'],
    ['a\nb', "'a\n\n  b'"],
    ['a \nb', '"a \\nb"'],
    ['word '.repeat(20).trim(), `${'word '.repeat(16).trim()}\n  word word word word`],
    [`'${'word '.repeat(20).trim()}`, `'''${'word '.repeat(16).trim()}\n  word word word word'`],
  ];
  for (const [text, yaml] of cases) assert.equal(yamlText(new Map([['k', text]])), `k: ${yaml}\n`);
});

test('YAML: keys, numbers and nothing', () => {
  const long = 'k'.repeat(129);
  assert.equal(yamlText(new Map<string, ParameterValue>([[long, 1n]])), `? ${long}\n: 1\n`);
  assert.equal(
    yamlText(value('{"b": [1.0, 1e20, NaN, -Infinity, null, true, [], {}], "": 1, "1": 2}')),
    "'': 1\n'1': 2\nb:\n- 1.0\n- 1e+20\n- .nan\n- -.inf\n- null\n- true\n- []\n- {}\n",
  );
  assert.equal(yamlText('text'), '"text"\n');
  assert.equal(yamlText(2n), '2\n');
});
