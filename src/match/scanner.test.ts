import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { EventInHand } from './event-in-hand.ts';
import { InvalidEventError } from './json-text.ts';
import { PathTree } from './path-tree.ts';
import { PlainScanner } from './plain-scanner.ts';
import { FIELD_KIND, MAX_EVENT_DEPTH, type ScannedEvent, STRING } from './scanner.ts';

const scanner = new PlainScanner();

function treeOf(...paths: string[]): PathTree {
  const tree = new PathTree();
  for (const path of paths) tree.acquire(path);
  return tree;
}

function accepts(text: string | Uint8Array, tree = treeOf('a.b', 'c')): boolean {
  try {
    scanner.scan(tree, text);
    return true;
  } catch (error) {
    assert.ok(error instanceof InvalidEventError, String(error));
    return false;
  }
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function textsAt(text: string, ...paths: string[]): string[] {
  return texts(scanner.scan(treeOf(...paths), text));
}

function texts(event: ScannedEvent): string[] {
  const inHand = new EventInHand();
  inHand.take(event);
  return Array.from({ length: event.fieldCount }, (_, row) => inHand.text(row));
}

const anyJson = fc.json({ maxDepth: 4, stringUnit: 'binary' });

test('accepts what JSON.parse accepts', () => {
  fc.assert(
    fc.property(anyJson, fc.constantFrom('', ' ', '\n\t\r '), (value, space) => {
      assert.ok(accepts(`${space}{"a":${space}${value}${space},${space}"c"${space}:${value}}${space}`));
    }),
    { numRuns: 500 },
  );
});

test('rejects what JSON.parse rejects: one edit away from valid text', () => {
  const edit = fc.record({
    at: fc.nat(),
    remove: fc.nat(2),
    insert: fc.constantFrom(
      '',
      '"',
      '\\',
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '0',
      '-',
      '.',
      'e',
      'tru',
      '\u0001',
      '\u00a0',
      'x',
      '\\u12',
      '\\u00e9',
      '\0',
    ),
  });
  fc.assert(
    fc.property(anyJson, edit, (value, { at, remove, insert }) => {
      const text = `{"a":{"b":${value}},"x":[${value}]}`;
      const place = at % (text.length + 1);
      const edited = text.slice(0, place) + insert + text.slice(place + remove);
      assert.equal(accepts(edited), parses(edited) && /^[ \t\r\n]*\{/.test(edited), edited);
    }),
    { numRuns: 3000 },
  );
});

test('rejects what JSON.parse rejects: soups of tokens', () => {
  const token = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"',
    '1',
    '-0',
    '01',
    '1.',
    '.5',
    '1e',
    '1e+9',
    '-',
    'true',
    'nul',
    'null',
    ' ',
    '\ufeff',
    '"\\x"',
    '"\\ud800"',
    '"\t"',
  );
  fc.assert(
    fc.property(fc.array(token, { maxLength: 8 }), (tokens) => {
      const text = `{"a":${tokens.join('')}}`;
      assert.equal(accepts(text), parses(text), text);
    }),
    { numRuns: 3000 },
  );
});

test('finds the same texts as JSON.parse', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'binary' }),
      fc.boolean(),
      (key, value, escaped) => {
        const write = (text: string) => {
          if (!escaped) return JSON.stringify(text);
          const units = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at).toString(16));
          return `"${units.map((unit) => `\\u${unit.padStart(4, '0')}`).join('')}"`;
        };
        const path = `x.${key}`;
        assert.deepEqual(textsAt(`{"q":1,"x":{${write(key)}:[${write(value)}]}}`, path, 'x'), [value]);
      },
    ),
    { numRuns: 1000 },
  );
});

test('an event is an object', () => {
  for (const text of ['', ' ', '1', '"a"', '[]', '[{}]', 'null', '{} {}', '{}x'])
    assert.ok(!accepts(text), text);
  assert.ok(accepts(' {} \n'));
});

test('nesting is limited', () => {
  const nested = (depth: number) => `{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;
  assert.ok(accepts(nested(MAX_EVENT_DEPTH)));
  assert.ok(!accepts(nested(MAX_EVENT_DEPTH + 1)));
  assert.ok(!accepts(nested(200_000)));
});

test('bytes must be UTF-8', () => {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const isUtf8 = (bytes: Uint8Array) => {
    try {
      strict.decode(bytes);
      return true;
    } catch {
      return false;
    }
  };
  const piece = fc.constantFrom(
    [0x41],
    [0xc3, 0xa9],
    [0xe2, 0x82, 0xac],
    [0xf0, 0x9f, 0x98, 0x80],
    [0xed, 0xa0, 0x80],
    [0xc0, 0x80],
    [0xe0, 0x80, 0x80],
    [0xf4, 0x90, 0x80, 0x80],
    [0xf5],
    [0x80],
    [0xe2, 0x82],
    [0xf0, 0x80, 0x80, 0x80],
    [0xff],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 4 }), fc.constantFrom('a', 'b'), (pieces, key) => {
      const inside = Uint8Array.from(pieces.flat());
      const bytes = Uint8Array.from([...Buffer.from(`{"${key}":"`), ...inside, ...Buffer.from('"}')]);
      assert.equal(accepts(bytes, treeOf('a')), isUtf8(inside));
    }),
    { numRuns: 2000 },
  );
});

test('keys with dots and nested keys are the same path', () => {
  assert.deepEqual(textsAt('{"a.b":1,"a":{"b":2,"b.c":0},"a.b":{"x":0},"":{"":3},".":4}', 'a.b', '.'), [
    '1',
    '2',
    '3',
    '4',
  ]);
});

test('what was found is of the last scan only', () => {
  const tree = treeOf('a');
  assert.equal(scanner.scan(tree, '{"a":["x","y"]}').fieldCount, 2);
  const event = scanner.scan(tree, '{"a":"z"}');
  assert.equal(event.fieldCount, 1);
  assert.equal(event.fields[FIELD_KIND], STRING);
});

test('stopping early leaves the rest unread', () => {
  const tree = treeOf('a.b', 'c');
  const early = (text: string) => texts(scanner.scan(tree, text, { stopEarly: true }));
  assert.deepEqual(early('{"a":{"x":[1],"b":2,"y":3},"c":4,broken'), ['2', '4']);
  assert.deepEqual(early('{"c":4,"a":{"b":2,broken'), ['4', '2']);
  assert.deepEqual(early('{"c":[4,5],"a":{"b":{"n":1}},broken'), ['4', '5']);
  assert.deepEqual(early('{"a":[{"b":1},{"b":2}],"c":3,broken'), ['1', '2', '3']);
  assert.deepEqual(early('{"a":{"b":1}}'), ['1']);
  assert.throws(() => early('{"a":{"b":1},broken'), InvalidEventError);
});
