import assert from 'node:assert/strict';
import { test } from 'node:test';
import { envelopeText, eventTime, replayedEvent } from './event.ts';

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

const event = { id: 'i', busArn: 'bus', receivedAt: 77, envelope: envelopeText(parts) };

test('the time of an event is that of its envelope, not one in its detail or type', () => {
  assert.equal(eventTime(event), Date.UTC(2026, 0, 2, 3, 4, 5));
  const detailType = '","time":"2001-01-01T00:00:00Z';
  const other = envelopeText({ ...parts, time: -5000, detailType, detail: '{"time":"2001"}' });
  assert.equal(eventTime({ ...event, envelope: other }), -5000);
  for (const envelope of ['{}', '', '{"time":"2001-01-01T00:00:00Z"}']) {
    assert.equal(eventTime({ ...event, envelope }), 77);
  }
});

test('a replayed event is as it was, with the name of the replay behind its Region', () => {
  const hops = 'within-region';
  assert.deepEqual(replayedEvent({ ...event, hops }, { replayName: 'again', receivedAt: 99 }), {
    ...event,
    hops,
    receivedAt: 99,
    envelope: String.raw`{"version":"0","id":"i","detail-type":"a \"type\"","source":"s","account":"111111111111","time":"2026-01-02T03:04:05Z","region":"us-east-1","replay-name":"again","resources":["r\n1"],"detail":{ "n": 1.0 }}`,
  });
});

test('an envelope that is none of ours is not replayed', () => {
  const stranger = { ...event, envelope: '{"id":"i"}' };
  assert.throws(() => replayedEvent(stranger, { replayName: 'r', receivedAt: 1 }), /event i is not one/);
});
