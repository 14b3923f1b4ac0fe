import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inputFault } from './input-fault.ts';
import type { InputChoice } from './target-input.ts';

function fault(target: InputChoice): string | undefined {
  return inputFault({ id: 't', ...target });
}

function templateFault(inputTemplate: string, inputPathsMap?: Record<string, string>): string | undefined {
  return fault({ inputTransformer: { inputTemplate, inputPathsMap } });
}

test('at most one of the three, whatever is wrong with them', () => {
  const message = 'Only one of Input, InputPath, or InputTransformer must be provided for target t.';
  const inputTransformer = { inputTemplate: 'not JSON' };
  assert.equal(fault({ input: '', inputPath: '' }), message);
  assert.equal(fault({ input: 'not JSON', inputTransformer }), message);
  assert.equal(fault({ inputPath: 'no path', inputTransformer }), message);
  assert.equal(fault({}), undefined);
});

test('a constant input is one JSON value, or empty', () => {
  for (const input of ['', '{ "fixed": true }', '"a"', 'null', ' [1]\n'])
    assert.equal(fault({ input }), undefined);
  assert.equal(
    fault({ input: 'not-json' }),
    'JSON syntax error in input for target t: [Source: (String)"not-json"; line: 1, column: 1]',
  );
  assert.match(fault({ input: '{"a":1}\n{}' }) ?? '', /line: 2, column: 1\]$/);
  assert.match(fault({ input: '{\r\n "a" 1}' }) ?? '', /line: 2, column: 6\]$/);
  assert.match(fault({ input: ' ' }) ?? '', /^JSON syntax error/);
});

test('long texts are cut in messages, and control characters escaped', () => {
  const message = fault({ input: `"${'x'.repeat(600)}` }) ?? '';
  assert.equal(
    message,
    `JSON syntax error in input for target t: [Source: (String)""${'x'.repeat(499)}"[truncated 101 chars]; line: 1, column: 1]`,
  );
  assert.match(fault({ input: '"\t"' }) ?? '', /\(String\)""\\u0009""; line: 1, column: 1/);
});

test('a path is of the kind that targets may have; as an InputPath it may be empty', () => {
  const message = 'InputPath for target t is invalid.';
  assert.equal(fault({ inputPath: '$.detail.items[*].name' }), undefined);
  assert.equal(fault({ inputPath: '' }), undefined);
  assert.equal(fault({ inputPath: '$..text' }), message);
  assert.equal(templateFault('<a>', { a: '$.detail' }), undefined);
  assert.equal(templateFault('<a>', { a: '' }), message);
  assert.equal(templateFault('<a>', { a: '$', unused: "$['b']" }), message);
});

test('with paths of its own, a template has no names but those and the predefined ones', () => {
  const paths = { a: '$.a', unused: '$.b' };
  assert.equal(templateFault('"<a> <aws.events.rule-name>"', paths), undefined);
  assert.equal(
    templateFault('"<a> <b> <c>"', paths),
    'InputTemplate for target t contains invalid placeholder b.',
  );
  assert.match(
    templateFault('<aws.events.unknown>', paths) ?? '',
    /invalid placeholder aws\.events\.unknown\.$/,
  );
  assert.match(templateFault('<toString>', paths) ?? '', /invalid placeholder toString\.$/);
  for (const none of [undefined, {}]) {
    assert.equal(templateFault('"<b> <aws.events.unknown>"', none), undefined);
    assert.equal(templateFault('{"a":<b>}', none), undefined);
  }
});

test('no placeholder names a member', () => {
  const message = 'InputTemplate placeholder present as a JSON object key for target t.';
  assert.equal(templateFault('{"<k>":1}', { k: '$' }), message);
  assert.equal(templateFault('{"a":{"key-<k>" : 1}}', { k: '$' }), message);
  assert.equal(templateFault('[{"<k>":1}]'), message);
  assert.equal(templateFault('{"a":"<k>: 1"}', { k: '$' }), undefined);
});

test('the event as a whole stands bare in an object template only', () => {
  for (const name of ['aws.events.event', 'aws.events.event.json']) {
    const message = `InputTemplate for target t contains placeholder ${name} valid only for JSON template.`;
    assert.equal(templateFault(`{"a":<${name}>}`), undefined);
    for (const template of [`{"a":"<${name}>"}`, `"<${name}>"`, `<${name}>`, `[<${name}>]`]) {
      assert.equal(templateFault(template, {}), message, template);
    }
  }
  assert.equal(templateFault('"<aws.events.event.ingestion-time>"'), undefined);
});

test('with null for every placeholder, a template is one JSON value or several', () => {
  for (const template of ['<a>', '"<a>"', '[<a>]', 'null', '1', '"<a>"\n"b <a>"', '{"a":<a>}', '{} <a>']) {
    assert.equal(templateFault(template, { a: '$.a' }), undefined, template);
  }
  assert.equal(
    templateFault('hello <a>', { a: '$.a' }),
    'Invalid InputTemplate for target t : [Source: (String)"hello null"; line: 1, column: 1].',
  );
  assert.match(templateFault('"a\nb"') ?? '', /^Invalid InputTemplate/);
  assert.match(templateFault('<a><b>', { a: '$.a', b: '$.b' }) ?? '', /"nullnull"; line: 1, column: 1\]\.$/);
  assert.match(templateFault('{"a":<a>,}', { a: '$.a' }) ?? '', /"\{"a":null,\}"; line: 1, column: 11\]\.$/);
  assert.match(templateFault(' ') ?? '', /^Invalid InputTemplate/);
});
