import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byteText } from './byte-text.ts';
import { rightAligned } from './right-aligned.ts';
import { shellWord } from './shell-word.ts';
import { spanText } from './span-text.ts';

test('a span is told in its two largest units', () => {
  const texts = [-5, 999, 1000, 60_000, 200_000, 3_600_000, 3_601_000, 90_000_000, 86_400_000 * 400].map(
    spanText,
  );
  assert.deepEqual(texts, ['0s', '0s', '1s', '1m', '3m 20s', '1h', '1h', '1d 1h', '400d']);
});

test('bytes are told in the unit that leaves a short number', () => {
  const texts = [0, 219, 999, 1000, 4500, 9960, 12_345, 999_499, 999_500, 3.2e9].map(byteText);
  assert.deepEqual(texts, [
    '0 bytes',
    '219 bytes',
    '999 bytes',
    '1.0 KB',
    '4.5 KB',
    '10 KB',
    '12 KB',
    '999 KB',
    '1.0 MB',
    '3.2 GB',
  ]);
});

test('cells of chosen columns move to the right', () => {
  assert.deepEqual(
    rightAligned(
      [
        ['a', '1'],
        ['bb', '100'],
      ],
      [1],
    ),
    [
      ['a', '  1'],
      ['bb', '100'],
    ],
  );
});

test('a word for a shell is quoted only where it must be', () => {
  assert.equal(shellWord('Id=ID,Arn=arn:aws:sqs:r:1:q'), 'Id=ID,Arn=arn:aws:sqs:r:1:q');
  assert.equal(shellWord('{"a":"it\'s"}'), `'{"a":"it'\\''s"}'`);
  assert.equal(shellWord(''), "''");
});
