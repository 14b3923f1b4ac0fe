import assert from 'node:assert/strict';
import { test } from 'node:test';
import { envelopeText } from './event.ts';

const parts = {
  id: 'i',
  detailType: 'a "type"',
  source: 's',
  origin: { account: '111111111111', region: 'us-east-1' },
  time: Date.UTC(2026, 0, 2, 3, 4, 5, 999),
  resources: ['r\n1'],
  detail: '{ "n": 1.0 }',
};

test('an envelope has the order of AWS, and the detail as it came', () => {
  assert.equal(
    envelopeText(parts),
    String.raw`{"version":"0","id":"i","detail-type":"a \"type\"","source":"s","account":"111111111111","time":"2026-01-02T03:04:05Z","region":"us-east-1","resources":["r\n1"],"detail":{ "n": 1.0 }}`,
  );
});

test('its time is cut to the second, before 1970 too, whatever the event before had', () => {
  const time = (milliseconds: number) => JSON.parse(envelopeText({ ...parts, time: milliseconds })).time;
  assert.equal(time(0), '1970-01-01T00:00:00Z');
  assert.equal(time(999), '1970-01-01T00:00:00Z');
  assert.equal(time(1000), '1970-01-01T00:00:01Z');
  assert.equal(time(999), '1970-01-01T00:00:00Z');
  assert.equal(time(-1), '1969-12-31T23:59:59Z');
});
