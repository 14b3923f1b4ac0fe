import assert from 'node:assert/strict';
import { test } from 'node:test';
import { indentedJson } from '../output/output-json.ts';
import { parseYaml, YamlTextError } from './cli-input-yaml.ts';

test('YAML as parameters', async () => {
  const cases: readonly (readonly [yaml: string, json: string])[] = [
    ['', 'null'],
    ['a: yes', '{\n    "a": "yes"\n}'],
    [
      '{a: 12345678901234567890, b: 1.0, c: true, d: ~}',
      '{\n    "a": 12345678901234567890,\n    "b": 1.0,\n    "c": true,\n    "d": null\n}',
    ],
    ['1: 2020-01-01', '{\n    "1": "2020-01-01"\n}'],
    ['- &x a\n- *x', '[\n    "a",\n    "a"\n]'],
    ['a: {<<: {b: 1}}', '{\n    "a": {\n        "b": 1\n    }\n}'],
  ];
  for (const [yaml, json] of cases) assert.equal(indentedJson(await parseYaml(yaml)), json, yaml);
});

test('no YAML, two documents, equal keys, unknown tags, aliases without end', async () => {
  const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]'];
  for (const [name, before] of ['ba', 'cb', 'dc', 'ed', 'fe'].map((pair) => [...pair])) {
    bomb.push(`${name}: &${name} [${Array(9).fill(`*${before}`).join(', ')}]`);
  }
  for (const text of ['a: b: c', '--- 1\n--- 2', 'a: 1\na: 2', '*a', 'a: !Sub x', bomb.join('\n')]) {
    await assert.rejects(parseYaml(text), YamlTextError, text);
  }
});
