import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FileReference, parseShorthand, ShorthandError, type ShorthandValue } from './shorthand.ts';

function plain(value: ShorthandValue): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [key, plain(item)]));
  if (Array.isArray(value)) return value.map(plain);
  return value instanceof FileReference ? { file: value.uri } : value;
}

const READ: readonly (readonly [string, unknown])[] = [
  ['a=b', { a: 'b' }],
  ['a=b,c=d', { a: 'b', c: 'd' }],
  ['a=b,c,d=e', { a: ['b', 'c'], d: 'e' }],
  ['a=b,c', { a: ['b', 'c'] }],
  ['a=', { a: '' }],
  ['a=,b=c', { a: '', b: 'c' }],
  ['a=b,,c=d', { a: 'b', c: 'd' }],
  ['=a', { '': 'a' }],
  ['a=[]', { a: [] }],
  ['a=[b]', { a: ['b'] }],
  ['a=[b, c ,[d]]', { a: ['b', 'c', ['d']] }],
  ['a={}', { a: {} }],
  ['a={b=c,d={e=f}},g=h', { a: { b: 'c', d: { e: 'f' } }, g: 'h' }],
  ['a={b=[c,d],e=f}', { a: { b: ['c', 'd'], e: 'f' } }],
  [' a = b'.trim(), { a: 'b' }],
  ['a = b , c = d', { a: 'b', c: 'd' }],
  ['a=two words  ,b=c', { a: 'two words', b: 'c' }],
  ['a=x=y', { a: 'x=y' }],
  ['a=Root=1-2-3,b=c', { a: 'Root=1-2-3', b: 'c' }],
  ['a=b\\,c', { a: 'b,c' }],
  ['a=\\,b', { a: ',b' }],
  ['a="b,c"', { a: 'b,c' }],
  ["a='b,c',d=e", { a: 'b,c', d: 'e' }],
  ['a="say \\"hi\\""', { a: 'say "hi"' }],
  ["a='it\\'s'", { a: "it's" }],
  ['a="it\'s"', { a: "it's" }],
  ['a="b\\nc"', { a: 'b\\nc' }],
  ['a="b\\\\c"', { a: 'b\\c' }],
  ['a="trail\\\\"', { a: 'trail\\' }],
  ['a="trail\\\\",b="c"', { a: 'trail\\', b: 'c' }],
  ['a="C:\\dir\\"', { a: 'C:\\dir\\' }],
  ['a="{\\"k\\": [1, 2]}"', { a: '{"k": [1, 2]}' }],
  ['a="b","c",d=e', { a: ['b', 'c'], d: 'e' }],
  ['a="b" ,c=d', { a: 'b', c: 'd' }],
  ['a="😀"', { a: '😀' }],
  ['a=é', { a: 'é' }],
  ['a.b/c:d#e-f_1=x', { 'a.b/c:d#e-f_1': 'x' }],
  ['a=file://x', { a: 'file://x' }],
  ['a@=file://x', { a: { file: 'file://x' } }],
  ['a @ = "file://x y"', { a: { file: 'file://x y' } }],
  ['a@=fileb://x,b=file://y', { a: { file: 'fileb://x' }, b: 'file://y' }],
  ['a@=plain', { a: 'plain' }],
  ['a={b@=file://x,c=file://y}', { a: { b: { file: 'file://x' }, c: 'file://y' } }],
  ['a@=file://x,y', { a: [{ file: 'file://x' }, 'y'] }],
  ['a=b\n,c=d', { a: 'b', c: 'd' }],
];

test('shorthand that is read', () => {
  for (const [text, expected] of READ) assert.deepEqual(plain(parseShorthand(text)), expected, text);
});

const REFUSED: readonly (readonly [string, string])[] = [
  ['', "Expected: '=', received: 'EOF' for input:\n\n^"],
  ['a', "Expected: '=', received: 'EOF' for input:\na\n ^"],
  ['a==b', "Expected: ',', received: '=' for input:\na==b\n  ^"],
  ['a=b,', "Expected: '<second>', received: '<none>' for input:\na=b,\n    ^"],
  ['a="b', "Expected: '<double quoted>', received: '<none>' for input:\na=\"b\n  ^"],
  ["a='b", "Expected: '<singled quoted>', received: '<none>' for input:\na='b\n  ^"],
  ['a="b"c', "Expected: ',', received: 'c' for input:\na=\"b\"c\n     ^"],
  ['a=[b', "Expected: ',', received: 'EOF' for input:\na=[b\n    ^"],
  ['a={b}', "Expected: '=', received: '}' for input:\na={b}\n    ^"],
  ['a={"k":"v"}', 'Expected: \'=\', received: \'"\' for input:\na={"k":"v"}\n   ^'],
  ['a={k=v', "Expected: ',', received: 'EOF' for input:\na={k=v\n      ^"],
  ['a=😀', "Expected: ',', received: '😀' for input:\na=😀\n  ^"],
  ['a="😀"b', "Expected: ',', received: 'b' for input:\na=\"😀\"b\n     ^"],
  ['a=b,\nc==d,\ne=f', "Expected: ',', received: '=' for input:\na=b,\nc==d,\n  ^\ne=f"],
  [
    'a=b,c=d,a=e',
    'Second instance of key "a" encountered for input:\na=b,c=d,a=e\n        ^\nThis is often because there is a preceding "," instead of a space.',
  ],
];

test('shorthand that is refused, with the caret under the place', () => {
  for (const [text, message] of REFUSED) {
    assert.throws(() => parseShorthand(text), { name: 'ShorthandError', message }, text);
  }
});

test('whatever is typed, the only error is a ShorthandError', () => {
  const piece = fc.constantFrom(
    'a',
    'b=',
    '=',
    ',',
    '"',
    "'",
    '[',
    ']',
    '{',
    '}',
    '\\',
    ' ',
    '@',
    '😀',
    '\n',
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(piece).map((pieces) => pieces.join('')),
  );
  fc.assert(
    fc.property(text, (typed) => {
      try {
        assert.ok(parseShorthand(typed) instanceof Map);
      } catch (error) {
        assert.ok(error instanceof ShorthandError, String(error));
      }
    }),
    { numRuns: 2000 },
  );
});

test('a quoted value comes back as it was', () => {
  const quote = (text: string, mark: string) =>
    mark + text.replaceAll('\\', '\\\\').replaceAll(mark, `\\${mark}`) + mark;
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), fc.constantFrom('"', "'"), (one, two, mark) => {
      const typed = `a=${quote(one, mark)},b={k=${quote(two, mark)}},c=[${quote(one, mark)}, d]`;
      assert.deepEqual(plain(parseShorthand(typed)), { a: one, b: { k: two }, c: [one, 'd'] });
    }),
  );
});

test('long words are read, as quadratic time would not in this run', () => {
  assert.throws(() => parseShorthand(`a=${'"'}${'\\'.repeat(200_000)}`), ShorthandError);
  assert.ok(parseShorthand(Array.from({ length: 20_000 }, (_, index) => `k${index}=v`).join(',')));
  assert.ok(parseShorthand(`a=${'b,'.repeat(100_000)}c`));
});

test('nesting has a limit', () => {
  const nested = (depth: number) => `a=${'['.repeat(depth)}${']'.repeat(depth)}`;
  assert.ok(parseShorthand(nested(500)));
  assert.throws(() => parseShorthand(nested(100_000)), ShorthandError);
});
