import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CommandOption, parseArguments, requireNothingMissing } from './argument-parser.ts';

const OPTIONS: readonly CommandOption[] = [
  { flag: '--entries', key: 'entries', takes: 'any', required: true },
  { flag: '--endpoint-id', key: 'endpointId', takes: 'one' },
  { flag: '--force', key: 'force', takes: 'none', bare: true },
  { flag: '--no-force', key: 'force', takes: 'none', bare: false },
  { flag: '--skeleton', key: 'skeleton', takes: 'maybe one', bare: 'input', choices: ['input', 'output'] },
  { flag: '--size', key: 'size', takes: 'one', integer: true },
];

function parse(...words: string[]) {
  const { values, word, rest } = parseArguments(words, OPTIONS, { name: 'help', optional: true });
  return { ...Object.fromEntries(values), word, rest: [...rest] };
}

test('values follow or are attached', () => {
  assert.deepEqual(parse('--endpoint-id', 'a'), { endpointId: 'a', word: undefined, rest: [] });
  assert.deepEqual(parse('--endpoint-id=a=b'), { endpointId: 'a=b', word: undefined, rest: [] });
  assert.deepEqual(parse('--endpoint-id='), { endpointId: '', word: undefined, rest: [] });
});

test('unique prefixes will do', () => {
  assert.deepEqual(parse('--entr', 'a'), { entries: ['a'], word: undefined, rest: [] });
  assert.deepEqual(parse('--endp=a'), { endpointId: 'a', word: undefined, rest: [] });
  assert.deepEqual(parse('--f'), { force: true, word: undefined, rest: [] });
  assert.throws(() => parse('--en=x'), {
    exitCode: 252,
    message: 'busbar: error: ambiguous option: --en=x could match --entries, --endpoint-id',
  });
});

test('lists take all words up to the next option, none included; the last of equal options wins', () => {
  assert.deepEqual(parse('--entries', 'a', 'b', '--force', 'c'), {
    entries: ['a', 'b'],
    force: true,
    word: 'c',
    rest: [],
  });
  assert.deepEqual(parse('--entries', '--force', '--no-force'), {
    entries: [],
    force: false,
    word: undefined,
    rest: [],
  });
  assert.deepEqual(parse('--entries', 'a', '--entries', 'b', '--entries=c', 'd'), {
    entries: ['c'],
    word: 'd',
    rest: [],
  });
});

test('an optional value is the next word, unless that is an option', () => {
  assert.deepEqual(parse('--skeleton'), { skeleton: 'input', word: undefined, rest: [] });
  assert.deepEqual(parse('--skeleton', 'output', 'x'), { skeleton: 'output', word: 'x', rest: [] });
  assert.deepEqual(parse('--skeleton', '--force'), {
    skeleton: 'input',
    force: true,
    word: undefined,
    rest: [],
  });
});

test('negative numbers and words with a space are values, other words with a dash are not', () => {
  assert.deepEqual(parse('--endpoint-id', '-5'), { endpointId: '-5', word: undefined, rest: [] });
  assert.deepEqual(parse('--endpoint-id', '-.5'), { endpointId: '-.5', word: undefined, rest: [] });
  assert.deepEqual(parse('--endpoint-id', '-a b'), { endpointId: '-a b', word: undefined, rest: [] });
  assert.deepEqual(parse('--endpoint-id', '-'), { endpointId: '-', word: undefined, rest: [] });
  assert.deepEqual(parse('--endpoint-id=-x'), { endpointId: '-x', word: undefined, rest: [] });
  assert.throws(() => parse('--endpoint-id', '-x'), {
    message: 'busbar: error: argument --endpoint-id: expected one argument',
  });
  assert.throws(() => parse('--endpoint-id'), {
    message: 'busbar: error: argument --endpoint-id: expected one argument',
  });
});

test('what no option takes is handed on in its order, but for the first free word', () => {
  assert.deepEqual(parse('a', '--bogus', 'b', '--more=1', '-x'), {
    word: 'a',
    rest: ['--bogus', 'b', '--more=1', '-x'],
  });
});

test('after -- every word is free, and the pass that takes the free word takes the --', () => {
  assert.deepEqual(parse('--entries', 'a', '--', '--force'), { entries: ['a'], word: '--force', rest: [] });
  assert.deepEqual(parse('a', '--', '--force'), { word: 'a', rest: ['--force'] });
  assert.deepEqual(parse('a', 'b', '--', '--force'), { word: 'a', rest: ['b', '--', '--force'] });
});

test('flags take no value', () => {
  assert.throws(() => parse('--force=true'), {
    message: "busbar: error: argument --force: ignored explicit argument 'true'",
  });
  assert.deepEqual(parse('--force', 'true'), { force: true, word: 'true', rest: [] });
});

test('integers and choices are checked at once', () => {
  assert.throws(() => parse('--size', 'abc'), {
    exitCode: 252,
    message: "busbar: error: argument --size: invalid int value: 'abc'",
  });
  assert.throws(() => parse('--skeleton', 'outputs'), {
    exitCode: 252,
    message: [
      'busbar: error: argument --skeleton: Invalid choice, valid choices are:',
      '',
      `${'input'.padEnd(40)} | ${'output'.padEnd(40)}`,
      '',
      '',
      "Invalid choice: 'outputs', maybe you meant:",
      '',
      '  * output',
    ].join('\n'),
  });
});

test('what is missing is named in order', () => {
  const parsed = parseArguments([], OPTIONS, { name: 'operation' });
  assert.throws(() => requireNothingMissing(parsed), {
    exitCode: 252,
    message: 'busbar: error: the following arguments are required: --entries, operation',
  });
});
