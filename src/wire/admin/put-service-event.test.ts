import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adminJson, askAdmin } from '../../../test/admin-client.ts';
import { startTestBus } from '../../../test/running-bus.ts';

const path = '/_busbar/service-events';
const event = { source: 'aws.s3', detailType: 'Object Created', detail: '{"size": 7.0}' };

test('an event of an AWS service comes to the rules of the bus', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('PutRule', { Name: 'r', EventPattern: '{"source":["aws.s3"]}' });
  const body = JSON.stringify({ ...event, resources: ['arn:aws:s3:::b'] });
  const { eventId } = await adminJson(bus.url, path, { method: 'POST', body });
  const story = JSON.stringify(await adminJson(bus.url, `/_busbar/events/${eventId}`));
  assert.match(story, /"resources":\["arn:aws:s3:::b"\]/);
  assert.match(story, /rule\/r"/);
});

test('what is no event is refused, and so is a bus that is not there', async (t) => {
  const { url } = await startTestBus(t);
  const refusal = async (body: string) => {
    const response = await askAdmin(url, path, { method: 'POST', body });
    return `${response.status} ${((await response.json()) as { message: string }).message}`;
  };
  assert.match(await refusal('x'), /^400 The body is not JSON/);
  assert.equal(await refusal('{}'), '400 source must be a text.');
  assert.equal(await refusal(JSON.stringify({ ...event, detail: '[]' })), '400 Detail is malformed.');
  assert.equal(await refusal(JSON.stringify({ ...event, time: 1 })), '400 There is no time here.');
  assert.match(await refusal(JSON.stringify({ ...event, bus: 'nope' })), /^404 .*nope/);
});
