import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HandClock } from '../domain/clock.ts';
import { StreamLog } from './stream-log.ts';

function logged(write: (log: StreamLog) => void, least: 'info' | 'warn' = 'info'): string {
  let text = '';
  write(new StreamLog({ write: (part: string) => (text += part) }, new HandClock(0), least));
  return text;
}

test('an entry is one line: time, level, sentence, fields', () => {
  assert.equal(
    logged((log) => log.warn('Something.', { id: 'a "b"', n: 1, left: undefined })),
    '1970-01-01T00:00:00.000Z warn: Something. id="a \\"b\\"" n=1\n',
  );
});

test('what others said can neither look like an entry nor command a terminal', () => {
  const text = logged((log) => log.info('They said: \u001b[31m\nFAKE\u2028 entry'));
  assert.equal(text, '1970-01-01T00:00:00.000Z They said: \\u001b[31m\\u000aFAKE\\u2028 entry\n');
});

test('less than the level is not said', () => {
  assert.equal(
    logged((log) => log.info('quiet'), 'warn'),
    '',
  );
});
