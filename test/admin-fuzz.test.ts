import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { adminRoutes } from '../src/wire/admin/routes.ts';
import { askAdmin } from './admin-client.ts';
import { startTestBus } from './running-bus.ts';

// Values that mean something to some route, among those that mean nothing to any.
const WORDS = [
  '',
  'default',
  '*',
  '10m',
  '-1',
  '1e9',
  'true',
  'aws-log',
  '{}',
  '[]',
  '{"a":[1]}',
  '\u0000',
  '%',
];
const NAMES = [
  ...['event', 'eventId', 'rule', 'bus', 'pattern', 'max', 'ids', 'all', 'rate', 'target', 'error'],
  ...['after', 'since', 'deliveries', 'format', 'level', 'advance', 'to', 'next', '__proto__'],
];
const word = fc.oneof(fc.constantFrom(...WORDS), fc.string({ maxLength: 20 }));
const members = fc.dictionary(fc.constantFrom(...NAMES), fc.oneof(word, fc.jsonValue({ maxDepth: 3 })), {
  maxKeys: 5,
});
const body = fc.oneof(
  word,
  fc.json({ maxDepth: 3 }),
  members.map((value) => JSON.stringify(value)),
);
// A tail has no end to wait for, and where the clock is moved to is another test's.
const routes = adminRoutes.filter(({ path }) => !/tail|clock/.test(path));

test('whatever is asked, no answer is our fault', async (t) => {
  const errors: string[] = [];
  const log = {
    info: () => undefined,
    warn: () => undefined,
    error: (message: string, fields?: object) => errors.push(`${message} ${JSON.stringify(fields)}`),
  };
  const bus = await startTestBus(t, { log });
  await bus.call('PutRule', { Name: 'r', EventPattern: '{"source":["shop"]}' });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...routes),
      word,
      fc.dictionary(fc.constantFrom(...NAMES), word, { maxKeys: 4 }),
      body,
      async ({ method, path }, segment, query, text) => {
        const filled = path.replaceAll(/\{\w+\}/g, encodeURIComponent(segment) || 'x');
        const url = `${filled}?${new URLSearchParams(query)}`;
        const response = await askAdmin(bus.url, url, { method, body: text });
        const answer = await response.text();
        assert.ok(response.status < 500 || response.status === 503, `${method} ${url} ${text}: ${answer}`);
        if (!response.ok) assert.equal(typeof JSON.parse(answer).message, 'string');
      },
    ),
    { numRuns: 600 },
  );
  assert.deepEqual(errors, []);
});
