import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JsonText, jsonText } from './json-answer.ts';

test('values are written as JSON.stringify writes them', () => {
  const value = { a: [1, 'x\n"', null, true, {}], b: undefined, c: { d: [] }, é: '\u2028' };
  assert.equal(jsonText(value), JSON.stringify(value));
  assert.equal(jsonText([undefined, null]), '[null,null]');
});

test('a text that is JSON already keeps every digit', () => {
  const event = new JsonText('{"detail":{"n":12345678901234567890.10}}');
  assert.equal(jsonText({ event, list: [event] }), `{"event":${event.text},"list":[${event.text}]}`);
});
