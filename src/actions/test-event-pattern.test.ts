import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus } from '../../test/running-bus.ts';

const event = {
  id: '1',
  'detail-type': 'Test',
  source: 'com.example',
  account: '111111111111',
  time: '2026-01-02T03:04:05Z',
  region: 'us-east-1',
  detail: { size: 7 },
};
const Event = JSON.stringify(event);

test('serialization: the result is a boolean', async (t) => {
  const bus = await startTestBus(t);
  const result = async (EventPattern: string) =>
    (await bus.call('TestEventPattern', { EventPattern, Event })).json;
  assert.deepEqual(await result('{"detail":{"size":[{"numeric":[">",5]}]}}'), { Result: true });
  assert.deepEqual(await result('{"detail":{"size":[{"numeric":[">",7]}]}}'), { Result: false });
});

test('validation: the pattern is looked at before the event', async (t) => {
  const bus = await startTestBus(t);
  const both = await bus.call('TestEventPattern', { EventPattern: '{}', Event: 'broken' });
  assert.equal(both.json.__type, 'InvalidEventPatternException');
  const broken = await bus.call('TestEventPattern', { EventPattern: '{"a":[1]}', Event: 'broken' });
  assert.deepEqual(broken.json, { __type: 'ValidationException', message: 'Parameter Event is not valid.' });
});

test('validation: an event needs what every event has', async (t) => {
  const bus = await startTestBus(t);
  for (const member of ['id', 'detail-type', 'source', 'account', 'time', 'region']) {
    const without = JSON.stringify({ ...event, [member]: undefined });
    const { json } = await bus.call('TestEventPattern', { EventPattern: '{"a":[1]}', Event: without });
    assert.equal(json.message, 'Parameter Event is not valid.', member);
  }
});

test('behaviour: a test changes nothing and asks for no rule; the event may be from anywhere', async (t) => {
  const bus = await startTestBus(t);
  const foreign = JSON.stringify({ ...event, account: '999999999999', region: 'mars-north-1' });
  const EventPattern = '{"account":["999999999999"],"detail":{"$or":[{"size":[7]},{"colour":["red"]}]}}';
  const { json } = await bus.call('TestEventPattern', { EventPattern, Event: foreign });
  assert.deepEqual(json, { Result: true });
  assert.deepEqual((await bus.call('ListRules', {})).json, { Rules: [] });
});
