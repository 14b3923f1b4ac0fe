import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchCases } from '../../test/match-suite.ts';
import { checkTestEvent, InvalidTestEventError } from './test-event.ts';

const EVENT = {
  version: '0',
  id: '6f7b2b5e-0000-4000-8000-00000000c0de',
  'detail-type': 'Probe',
  source: 'com.acme',
  account: '123456789012',
  time: '2026-01-02T03:04:05Z',
  region: 'us-east-1',
  resources: [],
  detail: { v: [{ id: 1 }] },
};

function refusal(text: string): string | undefined {
  try {
    checkTestEvent(text);
    return undefined;
  } catch (error) {
    assert.ok(error instanceof InvalidTestEventError);
    return error.message;
  }
}

test('an event with all its members passes, and so it does without those that may be missing', () => {
  const { version, resources, detail, ...required } = EVENT;
  assert.equal(refusal(JSON.stringify(EVENT)), undefined);
  assert.equal(refusal(JSON.stringify(required)), undefined);
  assert.equal(
    refusal(JSON.stringify({ ...required, version: null, resources: null, detail: null })),
    undefined,
  );
  assert.ok(version !== undefined && resources !== undefined && detail !== undefined);
});

test('required members may be of any type, but for the time', () => {
  assert.equal(
    refusal(JSON.stringify({ ...EVENT, id: null, account: 1, source: [{}], region: {} })),
    undefined,
  );
  for (const time of [
    1,
    null,
    'not-a-time',
    '2026-01-02',
    '2026-13-02T03:04:05Z',
    ['2026-01-02T03:04:05Z'],
  ]) {
    assert.equal(
      refusal(JSON.stringify({ ...EVENT, time })),
      'Parameter Event is not valid. Reason: Invalid time.',
    );
  }
});

test('instants with fractions and offsets are times', () => {
  for (const time of ['2026-01-02T03:04:05.678Z', '2026-01-02T03:04:05+02:00']) {
    assert.equal(refusal(JSON.stringify({ ...EVENT, time })), undefined);
  }
});

test('a missing member, another value than an object, and what is no JSON are refused', () => {
  for (const key of ['id', 'detail-type', 'source', 'account', 'time', 'region'] as const) {
    const event: Record<string, unknown> = { ...EVENT };
    delete event[key];
    assert.equal(refusal(JSON.stringify(event)), 'Parameter Event is not valid.', key);
  }
  for (const text of ['', '[]', '1', '"x"', '{', 'plain', `${JSON.stringify(EVENT)} x`]) {
    assert.equal(refusal(text), 'Parameter Event is not valid.', text);
  }
});

test('the recorded answers', () => {
  const cases = matchCases().filter(({ expect }) => expect === 'invalid-event');
  assert.ok(cases.length >= 14);
  for (const { id, event, reason } of cases) assert.equal(refusal(event), reason, id);
});

test('an event that TestEventPattern accepts elsewhere is not refused', () => {
  const accepted = matchCases().filter(
    ({ id, expect }) => id > 'p08900' && (expect === 'match' || expect === 'no-match'),
  );
  assert.ok(accepted.length > 5);
  for (const { id, event } of accepted) assert.equal(refusal(event), undefined, id);
});
