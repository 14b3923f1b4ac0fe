import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scheduledEvent } from './scheduled-event.ts';

const noon = {
  scope: { account: '111111111111', region: 'eu-central-1' },
  busName: 'default',
  ruleName: 'daily',
  tick: Date.parse('2026-01-15T12:00:00Z'),
};

test('a scheduled event looks as on AWS, its members in the same order', () => {
  const event = scheduledEvent(noon, noon.tick + 250);
  assert.match(event.id, /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.deepEqual(event, {
    id: event.id,
    busArn: 'arn:aws:events:eu-central-1:111111111111:event-bus/default',
    receivedAt: noon.tick + 250,
    envelope:
      `{"version":"0","id":"${event.id}","detail-type":"Scheduled Event","source":"aws.events",` +
      '"account":"111111111111","time":"2026-01-15T12:00:00Z","region":"eu-central-1",' +
      '"resources":["arn:aws:events:eu-central-1:111111111111:rule/daily"],"detail":{}}',
  });
});

test('its id follows from the rule and the tick, and from nothing else', () => {
  const { id } = scheduledEvent(noon, 0);
  assert.equal(scheduledEvent(noon, 1000).id, id);
  for (const other of [
    { ...noon, tick: noon.tick + 60_000 },
    { ...noon, ruleName: 'dail' },
    { ...noon, scope: { ...noon.scope, account: '222222222222' } },
    { ...noon, scope: { ...noon.scope, region: 'us-east-1' } },
  ]) {
    assert.notEqual(scheduledEvent(other, 0).id, id);
  }
});
