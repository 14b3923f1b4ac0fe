import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InvalidPatternError, renderInvalidPattern } from './invalid-pattern-error.ts';
import { parsePattern } from './parse-pattern.ts';

function refused(text: string): InvalidPatternError {
  try {
    parsePattern(text);
  } catch (error) {
    assert.ok(error instanceof InvalidPatternError);
    return error;
  }
  return assert.fail(`${text} is accepted`);
}

test('the message is that of AWS, place included', () => {
  const error = refused('{"string": "my-value"}');
  assert.equal(error.reason, '"string" must be an object or an array');
  assert.equal(
    error.message,
    'Event pattern is not valid. Reason: "string" must be an object or an array\n at [Source: (String)"{"string": "my-value"}"; line: 1, column: 13]',
  );
  assert.deepEqual([error.line, error.column, error.offset, error.path], [1, 13, 11, 'string']);
});

test('a place inside a list of anything-but is named twice', () => {
  const { message } = refused('{"a":[{"anything-but":["x",null]}]}');
  assert.equal(message.match(/ at \[Source: /g)?.length, 2);
});

test('the limits name no place', () => {
  const error = refused('{"a":{"b":[{"wildcard":"*x*x*x*x*x*x*x*x"}]}}');
  assert.match(error.message, /after a wildcard character$/);
  assert.deepEqual([error.line, error.column, error.path], [undefined, undefined, 'a.b']);
});

test('a long pattern is cut in the message, control characters are escaped, lines are kept', () => {
  const { message } = refused(`{\t"a":\r\n[${'1,'.repeat(300)}[]]}`);
  const [, quote = ''] =
    /\(String\)"(.*)"\[truncated 113 chars\]; line: 2, column: 603\]$/s.exec(message) ?? [];
  assert.ok(quote.startsWith('{\\u0009"a":\r\n[1,1,'), quote);
  assert.equal(quote.length, 500 + '\\u0009'.length - 1);
});

test('rendered, the caret stands under the trouble', () => {
  assert.equal(
    renderInvalidPattern(refused('{\n\t"a": [1],\n\t"b": [{"prefixx": "x"}]\n}')),
    [
      'Unrecognized match type prefixx',
      '',
      '3 |  "b": [{"prefixx": "x"}]',
      '            ^',
      '',
      'Field: b',
      '',
      'Hint: Did you mean "prefix"?',
    ].join('\n'),
  );
});

test('rendered, a long line is cut around the trouble', () => {
  const lines = renderInvalidPattern(refused(`{"a":[${'1,'.repeat(200)}[],${'1,'.repeat(200)}1]}`)).split(
    '\n',
  );
  const [code = '', caret = ''] = lines.slice(2);
  assert.ok(code.length <= 80);
  assert.equal(code[caret.indexOf('^')], '[');
});

test('rendered, a refusal without a place has no caret', () => {
  const text = renderInvalidPattern(refused('{"a":[{"wildcard":"*x*x*x*x*x*x*x*x"}]}'));
  assert.doesNotMatch(text, /\^/);
  assert.match(text, /^Field: a$/m);
});
