import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseTemplate } from './input-template.ts';

/** The template with each placeholder as `place:name`. */
function shown(text: string): readonly string[] {
  return parseTemplate(text).segments.map((segment) =>
    typeof segment === 'string' ? segment : `${segment.place}:${segment.name}`,
  );
}

test('literal text and placeholders in turn', () => {
  assert.deepEqual(shown('"a <b> c"'), ['"a ', 'string:b', ' c"']);
  assert.deepEqual(shown('<a><b>'), ['bare:a', 'bare:b']);
  assert.deepEqual(shown('{"x":<x>,"y":"<y>"}'), ['{"x":', 'bare:x', ',"y":"', 'string:y', '"}']);
  assert.deepEqual(shown('null'), ['null']);
  assert.deepEqual(shown(''), []);
});

test('names are of letters, digits, dots, hyphens and underscores; anything else is text', () => {
  assert.deepEqual(shown('<aws.events.event.ingestion-time>'), ['bare:aws.events.event.ingestion-time']);
  assert.deepEqual(shown('<<a_1>>'), ['<', 'bare:a_1', '>']);
  for (const text of ['<>', '< a>', '<a b>', '</b>', '<a', 'a>', '1 < 2 > 3', '<ä>']) {
    assert.deepEqual(shown(text), [text]);
  }
});

test('an escaped quote closes no string', () => {
  assert.deepEqual(shown(String.raw`"a \"<v>\" b"`), [String.raw`"a \"`, 'string:v', String.raw`\" b"`]);
  assert.deepEqual(shown(String.raw`{"a":"\\",<v>`), [String.raw`{"a":"\\",`, 'bare:v']);
  assert.deepEqual(shown(String.raw`"\<v>"`), ['"\\', 'string:v', '"']);
});

test('a string before a colon is the name of a member, at any depth', () => {
  assert.deepEqual(shown('{"<k>":1}'), ['{"', 'member-name:k', '":1}']);
  assert.deepEqual(shown('{"a <k> <l>" \n : "<v>"}'), [
    '{"a ',
    'member-name:k',
    ' ',
    'member-name:l',
    '" \n : "',
    'string:v',
    '"}',
  ]);
  assert.deepEqual(shown('[{"a":<v>,"<k>":1}]'), ['[{"a":', 'bare:v', ',"', 'member-name:k', '":1}]']);
  assert.deepEqual(shown('"at <t>: x"'), ['"at ', 'string:t', ': x"']);
});

test('the first character decides whether a template is an object', () => {
  assert.equal(parseTemplate('{"a":1}').isObject, true);
  for (const text of ['"{"', '[{}]', '<a>', ' {}', '\n{}', '']) {
    assert.equal(parseTemplate(text).isObject, false, text);
  }
});

test('nothing gets lost: the segments written again are the template', () => {
  const piece = fc.constantFrom('<a>', '<b.c>', '<', '>', '"', '\\', ':', ' ', '{', '}', 'x');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = pieces.join('');
      const again = parseTemplate(text).segments.map((part) =>
        typeof part === 'string' ? part : `<${part.name}>`,
      );
      assert.equal(again.join(''), text);
    }),
    { numRuns: 1000 },
  );
});
