import fc from 'fast-check';

// Patterns and events over so few words that they meet often: a random pattern and a random event match
// about once in eight times. All are JSON texts, with escapes, white space, repeated keys and numbers that
// no double holds, because those are what engines get wrong.

const KEYS = ['a', 'a', 'a', 'a', 'b', 'b', 'b', 'c', 'c', 'a.b', 'b.c', 'é', '__proto__', ''];
const NUMBERS = [
  '0',
  '-0',
  '1',
  '1.0',
  '10e-1',
  '2',
  '-3.5',
  '300',
  '3.0e2',
  '16',
  '5000000001',
  '9007199254740993',
  '1.0000000000000001',
  '1e309',
  '1e-400',
];
const STRINGS = [
  '',
  'x',
  'X',
  'xy',
  'xyx',
  'yxxy',
  'x"y',
  'x\\y',
  'x*',
  '1',
  'true',
  'é日',
  '😀',
  '??',
  'ß',
  'SS',
  'İ',
  '10.0.0.1',
  '010.0.0.01',
  '10.0.0.300',
  '::1',
  '0:0:0:0:0:0:0:1',
  'a00::1',
];
const WILDCARDS = ['*', 'x*', '*x', 'x*x', '*x*y*', 'xy', '', '*\\\\*', 'x\\*', '*é*', '日*', '*10*'];
const BLOCKS = ['10.0.0.0/8', '10.0.0.1/31', '::/0', '0.0.0.0/0', '::1/64', '16.0.0.0/4'];

/** A string as JSON text, at times with its first character escaped though it needn't be. */
export const stringTexts: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...STRINGS), fc.boolean())
  .map(([value, isEscaped]) => (isEscaped ? escapeFirst(value) : JSON.stringify(value)));

function escapeFirst(value: string): string {
  if (value === '') return '""';
  const code = value.charCodeAt(0).toString(16).padStart(4, '0');
  return `"\\u${code}${JSON.stringify(value.slice(1)).slice(1)}`;
}

const space = fc.oneof({ weight: 15, arbitrary: fc.constant('') }, fc.constantFrom(' ', '\n', '\r\n\t'));
const keyTexts = fc.constantFrom(...KEYS).map((key) => JSON.stringify(key));
const numberTexts = fc.constantFrom(...NUMBERS);
const tokenTexts = fc.constantFrom('true', 'false', 'null');
const scalarTexts = fc.oneof(stringTexts, numberTexts, tokenTexts);

function list(entries: fc.Arbitrary<string>, size: fc.ArrayConstraints): fc.Arbitrary<string> {
  return fc
    .tuple(fc.array(entries, size), space)
    .map(([texts, gap]) => `[${gap}${texts.join(`${gap},`)}${gap}]`);
}

function object(members: fc.Arbitrary<string>, size: fc.ArrayConstraints): fc.Arbitrary<string> {
  return fc
    .tuple(fc.array(members, size), space)
    .map(([texts, gap]) => `{${gap}${texts.join(`,${gap}`)}${gap}}`);
}

function member(key: fc.Arbitrary<string>, value: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(key, space, value).map(([keyText, gap, text]) => `${keyText}${gap}:${gap}${text}`);
}

/** Events: any JSON object over the words. */
export const eventTexts: fc.Arbitrary<string> = fc.letrec<{ object: string; value: string }>((tie) => ({
  object: object(member(keyTexts, tie('value')), { minLength: 1, maxLength: 5, size: 'max' }),
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    { weight: 3, arbitrary: scalarTexts },
    { weight: 3, arbitrary: tie('object') },
    { weight: 3, arbitrary: list(tie('value'), { maxLength: 3 }) },
    { weight: 3, arbitrary: list(tie('object'), { maxLength: 3 }) },
  ),
})).object;

const wildcardTexts = fc.constantFrom(...WILDCARDS).map((text) => JSON.stringify(text));
const nonEmptyStringTexts = fc
  .constantFrom(...STRINGS.filter((text) => text !== ''))
  .map((text) => JSON.stringify(text));
// A double holds these: other numbers are refused in ranges and in anything-but.
const comparableTexts = fc.constantFrom('0', '1', '1.0', '2', '-3.5', '300', '16', '5000000001');

function expression(name: string, value: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return member(fc.constant(JSON.stringify(name)), value).map((text) => `{${text}}`);
}

function oneOrMore(value: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.oneof(value, list(value, { minLength: 1, maxLength: 3 }));
}

const ignoringCase = expression('equals-ignore-case', stringTexts);
const ranges = fc.oneof(
  fc
    .tuple(fc.constantFrom('=', '<', '<=', '>', '>='), comparableTexts)
    .map(([operator, n]) => `["${operator}",${n}]`),
  fc
    .tuple(fc.constantFrom('>', '>='), fc.constantFrom('<', '<='))
    .map(([low, high]) => `["${low}",0,"${high}",16]`),
);
const excluded = fc.oneof(
  oneOrMore(stringTexts),
  oneOrMore(comparableTexts),
  expression('prefix', oneOrMore(nonEmptyStringTexts)),
  expression('suffix', oneOrMore(nonEmptyStringTexts)),
  expression('equals-ignore-case', oneOrMore(stringTexts)),
  expression('wildcard', oneOrMore(wildcardTexts)),
);

/** Entries of a list of conditions, all of them valid. */
export const conditionTexts: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: scalarTexts },
  { weight: 2, arbitrary: expression('exists', fc.constantFrom('true', 'false')) },
  expression('prefix', fc.oneof(stringTexts, ignoringCase)),
  expression('suffix', fc.oneof(stringTexts, ignoringCase)),
  ignoringCase,
  expression('wildcard', wildcardTexts),
  expression('numeric', ranges),
  expression(
    'cidr',
    fc.constantFrom(...BLOCKS).map((text) => JSON.stringify(text)),
  ),
  { weight: 2, arbitrary: expression('anything-but', excluded) },
);

/**
 * Patterns. All are valid but for the two limits that a pattern only shows as a whole: too many
 * combinations of `$or`, and wildcards that are too complex together.
 */
export const patternTexts: fc.Arbitrary<string> = fc.letrec<{ object: string; member: string }>((tie) => ({
  object: object(tie('member'), { minLength: 1, maxLength: 2 }),
  member: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 5, arbitrary: member(keyTexts, list(conditionTexts, { minLength: 1, maxLength: 3 })) },
    { weight: 3, arbitrary: member(keyTexts, tie('object')) },
    {
      weight: 1,
      arbitrary: member(fc.constant('"$or"'), list(tie('object'), { minLength: 2, maxLength: 3 })),
    },
  ),
})).object;
