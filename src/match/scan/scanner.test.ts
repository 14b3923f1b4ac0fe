import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { eventTexts } from '../../../test/pattern-grammar.ts';
import { EventInHand } from '../candidates/event-in-hand.ts';
import { InvalidEventError } from '../json-text.ts';
import { eventNumber } from '../number.ts';
import { PathTree } from './path-tree.ts';
import { PlainScanner } from './plain-scanner.ts';
import {
  FIELD_KIND,
  MAX_EVENT_DEPTH,
  NUMBER_VALUE,
  type ScannedEvent,
  type Scanner,
  STRING,
} from './scanner.ts';
import { SimdScanner } from './simd-scanner.ts';

const plain = new PlainScanner();
// Here, what it can't read is refused, and not left to the plain scanner.
const simd = new SimdScanner({
  scan() {
    throw new InvalidEventError('left to the plain scanner');
  },
});

function treeOf(...paths: string[]): PathTree {
  const tree = new PathTree();
  for (const path of paths) tree.acquire(path);
  return tree;
}

function textsOf(event: ScannedEvent): string[] {
  const inHand = new EventInHand();
  inHand.take(event);
  return Array.from({ length: event.fieldCount }, (_, row) => inHand.text(row));
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const anyJson = fc.json({ maxDepth: 4, stringUnit: 'binary' });
const edits = fc.record({
  at: fc.nat(),
  remove: fc.nat(2),
  insert: fc.constantFrom(
    ...['', '"', '\\', '{', '}', '[', ']', ',', ':', '0', '-', '.', '/', 'e', 'tru', 'x', ' '],
    ...['\u0001', '\u00a0', '\\u12', '\\u00e9', '\0', '123456789012345678901234567890123456789'],
  ),
});
const tokens = fc.constantFrom(
  ...['{', '}', '[', ']', ',', ':', '"a"', '"', '1', '-0', '01', '1.', '.5', '1e', '1e+9', '-', '1.5', '1/2'],
  ...['1-2', '1.2.3', '-1.5E-3', '12345678901234567890.5', '0.1234567890123456789012345678901234567'],
  ...['true', 'nul', 'null', 'fals', 'falsey', ' ', '\ufeff', '"\\x"', '"\\ud800"', '"\t"', '"\\\\"'],
);

function testScanner(name: string, scanner: Scanner): void {
  const tree = treeOf('a.b', 'c');

  function accepts(text: string | Uint8Array): boolean {
    try {
      scanner.scan(tree, text);
      return true;
    } catch (error) {
      assert.ok(error instanceof InvalidEventError, String(error));
      return false;
    }
  }

  const textsAt = (text: string, ...paths: string[]) => textsOf(scanner.scan(treeOf(...paths), text));

  test(`${name}: accepts what JSON.parse accepts`, () => {
    const space = fc.constantFrom('', ' ', '\n\t\r ');
    fc.assert(
      fc.property(anyJson, space, (value, gap) => {
        assert.ok(accepts(`${gap}{"a":${gap}${value}${gap},${gap}"c"${gap}:${value}}${gap}`));
      }),
      { numRuns: 500 },
    );
  });

  test(`${name}: rejects what JSON.parse rejects, one edit away from valid text`, () => {
    fc.assert(
      fc.property(anyJson, edits, (value, { at, remove, insert }) => {
        const text = `{"a":{"b":${value}},"x":[${value}]}`;
        const place = at % (text.length + 1);
        const edited = text.slice(0, place) + insert + text.slice(place + remove);
        assert.equal(accepts(edited), parses(edited) && /^[ \t\r\n]*\{/.test(edited), edited);
      }),
      { numRuns: 3000 },
    );
  });

  test(`${name}: rejects what JSON.parse rejects, of soups of tokens`, () => {
    fc.assert(
      fc.property(fc.constantFrom('a', 'z'), fc.array(tokens, { maxLength: 8 }), (key, soup) => {
        const text = `{"${key}":${soup.join('')}}`;
        assert.equal(accepts(text), parses(text), text);
      }),
      { numRuns: 4000 },
    );
  });

  test(`${name}: finds the same texts as JSON.parse`, () => {
    const anyString = fc.string({ unit: 'binary', maxLength: 40 });
    fc.assert(
      fc.property(anyString, anyString, fc.boolean(), (key, value, escaped) => {
        const write = (text: string) => {
          if (!escaped) return JSON.stringify(text);
          const units = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at).toString(16));
          return `"${units.map((unit) => `\\u${unit.padStart(4, '0')}`).join('')}"`;
        };
        const text = `{"q":1,"x":{${write(key)}:[${write(value)}]}}`;
        assert.deepEqual(textsAt(text, `x.${key}`, 'x'), [value]);
      }),
      { numRuns: 1000 },
    );
  });

  test(`${name}: an event is an object`, () => {
    for (const text of ['', ' ', '1', '"a"', '[]', '[{}]', 'null', '{} {}', '{}x', '{']) {
      assert.ok(!accepts(text), text);
    }
    assert.ok(accepts(' {} \n'));
  });

  test(`${name}: nesting is limited`, () => {
    for (const key of ['a', 'z']) {
      const nested = (depth: number) => `{"${key}":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;
      assert.ok(accepts(nested(MAX_EVENT_DEPTH)));
      assert.ok(!accepts(nested(MAX_EVENT_DEPTH + 1)));
      assert.ok(!accepts(nested(30_000)));
      scanner.scan(tree, nested(MAX_EVENT_DEPTH - 1), { depth: 1 });
      assert.throws(() => scanner.scan(tree, nested(MAX_EVENT_DEPTH), { depth: 1 }), InvalidEventError);
    }
  });

  test(`${name}: bytes must be UTF-8`, () => {
    const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    const isUtf8 = (bytes: Uint8Array) => {
      try {
        strict.decode(bytes);
        return true;
      } catch {
        return false;
      }
    };
    const pieces = fc.constantFrom(
      ...[
        [0x41],
        [0xc3, 0xa9],
        [0xe2, 0x82, 0xac],
        [0xf0, 0x9f, 0x98, 0x80],
        [0xed, 0xa0, 0x80],
        [0xc0, 0x80],
      ],
      ...[[0xe0, 0x80, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xf5], [0x80], [0xe2, 0x82], [0xff]],
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 20 }), fc.constantFrom('c', 'z'), (parts, key) => {
        const inside = Uint8Array.from(parts.flat());
        const bytes = Uint8Array.from([...Buffer.from(`{"${key}":"`), ...inside, ...Buffer.from('"}')]);
        assert.equal(accepts(bytes), isUtf8(inside));
      }),
      { numRuns: 2000 },
    );
  });

  test(`${name}: keys with dots and nested keys are the same path`, () => {
    const text = '{"a.b":1,"a":{"b":2,"b.c":0},"a.b":{"x":0},"":{"":3},".":4,"c":5,"a.b.c":6,"a.":7}';
    assert.deepEqual(textsAt(text, 'a.b', '.'), ['1', '2', '3', '4']);
  });

  test(`${name}: long keys are told apart`, () => {
    const key = 'k'.repeat(40);
    const text = `{"${key}1":1,"${key}2":2,"x":{"${key}1":3,"${key}2":4}}`;
    assert.deepEqual(textsAt(text, `${key}2`, `x.${key}1`), ['2', '3']);
    assert.deepEqual(textsAt(text, `${key}1`, `x.${key}2`), ['1', '4']);
  });

  test(`${name}: many different keys are told apart`, () => {
    const keys = Array.from({ length: 3000 }, (_, index) => `k${index}`);
    const text = `{"a":{${keys.map((key, index) => `"${key}":${index}`).join()}}}`;
    for (let round = 0; round < 3; round++) {
      assert.deepEqual(
        textsAt(text, ...keys.map((key) => `a.${key}`)),
        keys.map((_, index) => String(index)),
      );
    }
  });

  test(`${name}: fields that don't stand in the text`, () => {
    const strings = [
      { node: 1, text: 'é"\\' },
      { node: 2, text: '\ud800' },
      { node: 1, text: '' },
    ];
    assert.deepEqual(textsOf(scanner.scan(tree, '{"c":1}', { strings })), ['é"\\', '\ud800', '', '1']);
    for (const length of [1, 63, 64, 65, 200]) {
      const texts = ['x'.repeat(length), `${'x'.repeat(length - 1)}é`, `${'x'.repeat(length - 1)}\udfff`];
      const fields = texts.map((text) => ({ node: 1, text }));
      assert.deepEqual(textsOf(scanner.scan(tree, '{"c":1}', { strings: fields })), [...texts, '1']);
    }
  });

  test(`${name}: what was found is of the last scan only`, () => {
    assert.deepEqual(textsAt('{"a":["x","y"]}', 'a'), ['x', 'y']);
    assert.deepEqual(textsAt('{"a":"z"}', 'a'), ['z']);
    assert.deepEqual(textsAt('{"a":"z"}', 'b'), []);
  });

  test(`${name}: stopping early leaves the rest unread`, () => {
    const early = (text: string) => textsOf(scanner.scan(tree, text, { stopEarly: true }));
    assert.deepEqual(early('{"a":{"x":[1],"b":2,"y":3},"c":4,broken'), ['2', '4']);
    assert.deepEqual(early('{"c":4,"a":{"b":2,broken'), ['4', '2']);
    assert.deepEqual(early('{"c":[4,5],"a":{"b":{"n":1}},broken'), ['4', '5']);
    assert.deepEqual(early('{"a":[{"b":1},{"b":2}],"c":3,broken'), ['1', '2', '3']);
    assert.deepEqual(early('{"a":{"b":1}}'), ['1']);
    assert.throws(() => early('{"a":{"b":1},broken'), InvalidEventError);
    const long = 'x'.repeat(2000);
    for (const value of ['1', '"é"', '[1,2]', '12345678', `"${long}"`]) {
      for (let length = 200; length < 300; length++) {
        const text = `{"x":"${'y'.repeat(length)}","c":${value},"a":{"b":2},"z":"${long}"}`;
        assert.deepEqual(early(text), [...[JSON.parse(value)].flat().map(String), '2']);
      }
    }
  });
}

testScanner('the plain scanner', plain);
testScanner('the scanner with vectors', simd);

/** All that a scanner says of an event. */
function found({ bytes, fields, fieldCount, contexts, contextCount }: ScannedEvent): object {
  return {
    // Eight numbers a row, the last of which only one of the scanners knows, and three for each context.
    fields: Array.from({ length: fieldCount }, (_, row) =>
      Array.from(fields.subarray(row * 8, row * 8 + (fields[row * 8 + FIELD_KIND] === STRING ? 6 : 5))),
    ),
    contexts: Array.from(contexts.subarray(3, contextCount * 3)),
    bytes: Buffer.from(bytes.subarray(0, 1000)).toString('latin1').split('\0', 1),
  };
}

test('a text may be nothing but lone surrogates, however much room their escapes take', () => {
  for (const length of [5_000, 11_000, 30_000]) {
    const text = `{"b":"${'\ud800'.repeat(length)}","a":"\ud800"}`;
    const scanner = new SimdScanner(new PlainScanner());
    assert.deepEqual(textsOf(new PlainScanner().scan(treeOf('a'), text)), ['\ud800']);
    assert.deepEqual(textsOf(scanner.scan(treeOf('a'), text)), ['\ud800']);
    const strings = [{ node: 1, text: '\udfff'.repeat(length) }];
    assert.deepEqual(textsOf(scanner.scan(treeOf('a'), '{}', { strings })), ['\udfff'.repeat(length)]);
  }
});

test('both scanners find the same, and say the same of where it stands', () => {
  const paths = fc.subarray([
    'a',
    'b',
    'c',
    'a.b',
    'b.c',
    'a.a',
    'a.b.c',
    'é',
    '__proto__',
    '',
    'a.',
    'c.b.a',
  ]);
  const strings = [{ node: 1, text: 'outside' }];
  fc.assert(
    fc.property(paths, eventTexts, fc.nat(2), fc.boolean(), (wanted, event, node, stopEarly) => {
      const tree = treeOf(...wanted);
      const options = { node: node === 2 ? -1 : Math.min(node, wanted.length), stopEarly, strings };
      const expected = found(plain.scan(tree, event, options));
      assert.deepEqual(found(simd.scan(tree, event, options)), expected, event);
      assert.deepEqual(found(simd.scan(tree, Buffer.from(event), options)), expected, event);
    }),
    { numRuns: 3000 },
  );
});

test('both scanners find the same in events of the same shape, with values that change now and then', () => {
  const scalar = fc.constantFrom(
    '1',
    '1',
    '1',
    '1',
    '10',
    '-0.5',
    '1e2',
    '"s"',
    '"s"',
    '"s\\n"',
    '"é"',
    'true',
    'null',
  );
  const item = fc
    .tuple(scalar, scalar, scalar)
    .map(([x, y, z]) =>
      fc.constantFrom('{}', '[]', y, `{"x":${x},"y":${y}}`, `{"x":${x},"y":{"z":${z}},"a":[]}`),
    );
  const event = fc
    .tuple(
      scalar,
      scalar,
      fc.array(
        item.chain((one) => one),
        { maxLength: 4 },
      ),
      scalar,
      scalar,
    )
    .map(
      ([a, b, items, c, d]) =>
        `{"v":1,"a":${a},"w":"w","b":{"c":${b},"v":[true,null]},"l":[${items}],"c":${c},"d":${d}}`,
    );
  const paths = fc.subarray(['a', 'b.c', 'l.x', 'l.y', 'l.y.z', 'l', 'c', 'd', 'w'], { maxLength: 4 });
  fc.assert(
    fc.property(
      paths,
      fc.boolean(),
      fc.array(event, { minLength: 20, maxLength: 40 }),
      (wanted, stopEarly, events) => {
        const trees = [treeOf(...wanted), treeOf('c', 'l.x')];
        for (const [index, text] of events.entries()) {
          const tree = trees[index % 2] ?? new PathTree();
          const expected = found(plain.scan(tree, text, { stopEarly }));
          assert.deepEqual(found(simd.scan(tree, text, { stopEarly })), expected, text);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('the scanner with vectors knows the values of numbers, or says that it does not', () => {
  const tree = treeOf('n');
  let known = 0;
  const check = (text: string) => {
    const value = simd.scan(tree, `{"n":${text}}`).numbers[NUMBER_VALUE] ?? 0;
    if (Number.isNaN(value)) return;
    assert.ok(Object.is(value, eventNumber(text)), `${text} is not ${value}`);
    known++;
  };
  const digits = (maxLength: number) =>
    fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength });
  const decimals = fc
    .tuple(fc.constantFrom('', '-'), digits(19), fc.constantFrom('', '.'), digits(20))
    .map(([sign, whole, dot, fraction]) => sign + whole.replace(/^0+(?=\d)/, '') + (dot && dot + fraction));
  fc.assert(fc.property(decimals, check), { numRuns: 10_000 });
  fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }).map(String), check), {
    numRuns: 5000,
  });
  known = 0;
  const coordinates = fc
    .double({ min: -180, max: 180, noNaN: true })
    .filter((value) => Math.abs(value) > 1e-6);
  fc.assert(fc.property(coordinates.map(String), check), { numRuns: 10_000 });
  assert.ok(known > 8000, `only ${known} of 10000 were known`);
  // Next to the middle between two doubles.
  const middles = fc
    .tuple(fc.integer({ min: 2 ** 20, max: 2 ** 30 }), fc.nat(2 ** 22), fc.integer({ min: 1, max: 18 }))
    .map(([high, low, places]) => {
      const text = ((BigInt(high) << 23n) + BigInt(2 * low + 1)).toString().padStart(places + 1, '0');
      return `${text.slice(0, -places)}.${text.slice(-places)}`;
    });
  fc.assert(fc.property(middles, check), { numRuns: 5000 });
  for (const text of [
    '0',
    '-0',
    '-0.0',
    '0.000',
    '9007199254740993',
    '1e5',
    '1.5e-3',
    '0.1',
    '12345678.12345678',
  ]) {
    check(text);
  }
});

test('the scanner with vectors leaves to the plain one what it has no room for', () => {
  const scanner = new SimdScanner(plain);
  const long = 'x'.repeat(70_000);
  assert.deepEqual(textsOf(scanner.scan(treeOf('a'), `{"a":"${long}"}`)), [long]);
  assert.deepEqual(textsOf(scanner.scan(treeOf('a'), Buffer.from(`{"a":"${long}"}`))), [long]);
  assert.deepEqual(
    textsOf(scanner.scan(treeOf('a'), '{}', { strings: Array(600).fill({ node: 1, text: '' }) })),
    Array(600).fill(''),
  );
  assert.throws(() => scanner.scan(treeOf('a'), '{"a":1,}'), /unexpected "}" at byte 7/);
});

test('as many contexts as a text can have leave everything else as it was', () => {
  const deep = `${'['.repeat(990)}${']'.repeat(990)}`;
  const tree = treeOf('a.b', 'c');
  const ordinary = '{"a":{"b":1,"x":[true,{"y":2}]},"c":["z"]}';
  assert.deepEqual(textsOf(simd.scan(tree, ordinary)), ['1', 'z']);
  const text = `{"c":[${Array(33).fill(deep).join()}]}`;
  const expected = plain.scan(tree, text);
  const found = simd.scan(tree, text);
  assert.ok(expected.contextCount > 32_000);
  assert.equal(found.contextCount, expected.contextCount);
  const rows = 3 * expected.contextCount;
  assert.deepEqual(found.contexts.subarray(3, rows), expected.contexts.subarray(3, rows));
  assert.deepEqual(textsOf(simd.scan(tree, ordinary)), ['1', 'z']);
});

test('more keys than can be remembered leave everything else as it was', () => {
  const tree = treeOf('a.b', 'c');
  const numbered = Array.from({ length: 5500 }, (_, index) => `"${index}":${index % 7}`);
  for (let round = 0; round < 3; round++) {
    const text = `{"x":{${numbered.join()}},"a":{"b":1},"c":["${round}"]}`;
    assert.deepEqual(textsOf(simd.scan(tree, text)), ['1', String(round)]);
    assert.deepEqual(textsOf(simd.scan(tree, '{"a":{"b":1,"x":2},"c":"z"}')), ['1', 'z']);
  }
});
