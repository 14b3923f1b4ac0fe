import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { startTestBus } from '../../test/running-bus.ts';

test('serialization: the answer holds the ARN and what was given', async (t) => {
  const bus = await startTestBus(t);
  const { status, json } = await bus.call('CreateEventBus', { Name: 'orders', Description: 'all orders' });
  assert.equal(status, 200);
  assert.deepEqual(json, {
    EventBusArn: 'arn:aws:events:eu-central-1:111111111111:event-bus/orders',
    Description: 'all orders',
  });
});

test('validation: a name is needed, of the characters that the model allows, without a slash', async (t) => {
  const bus = await startTestBus(t);
  const missing = await bus.call('CreateEventBus', {});
  assert.deepEqual(missing.json, {
    __type: 'ValidationException',
    message:
      "1 validation error detected: Value null at 'name' failed to satisfy constraint: Member must not be null",
  });
  const blank = await bus.call('CreateEventBus', { Name: 'two words' });
  assert.match(String(blank.json.message), /regular expression pattern: \[\/\\\.\\-_A-Za-z0-9\]\+$/);
  const slash = await bus.call('CreateEventBus', { Name: 'a/b' });
  assert.equal(slash.json.message, "Event bus name must not contain '/'.");
});

test('validation: names of partners are for partner event buses, which match their source', async (t) => {
  const bus = await startTestBus(t);
  const Name = 'aws.partner/example.com/shop/orders';
  const refused = async (request: object) => {
    const { status, json } = await bus.call('CreateEventBus', request);
    assert.equal(status, 400);
    return json.message;
  };
  assert.equal(await refused({ Name }), "EventBus name starting with 'aws.' is not valid.");
  assert.equal(await refused({ Name, EventSourceName: Name }), `Event source ${Name} does not exist.`);
  assert.equal(
    await refused({ Name: 'orders', EventSourceName: Name }),
    'EventBus name must match the name of the event source.',
  );
});

test('behaviour: a partner event bus makes its source active, and its rules have its slashes', async (t) => {
  const bus = await startTestBus(t);
  const Name = 'aws.partner/example.com/shop/orders';
  await bus.call('CreatePartnerEventSource', { Name, Account: '111111111111' }, { account: '999999999999' });
  const { status, json } = await bus.call('CreateEventBus', { Name, EventSourceName: Name });
  const EventBusArn = `arn:aws:events:eu-central-1:111111111111:event-bus/${Name}`;
  assert.deepEqual([status, json], [200, { EventBusArn }]);
  assert.equal((await bus.call('DescribeEventSource', { Name })).json.State, 'ACTIVE');
  const again = await bus.call('CreateEventBus', { Name, EventSourceName: Name });
  assert.equal(again.json.message, `Event bus ${Name} already exists.`);
  const EventPattern = '{"source":["a"]}';
  const { RuleArn } = (await bus.call('PutRule', { Name: 'r', EventBusName: EventBusArn, EventPattern }))
    .json;
  assert.equal(RuleArn, `arn:aws:events:eu-central-1:111111111111:rule/${Name}/r`);
  await bus.call('TagResource', { ResourceARN: RuleArn, Tags: [{ Key: 'a', Value: '1' }] });
  const { Tags } = (await bus.call('ListTagsForResource', { ResourceARN: RuleArn })).json;
  assert.deepEqual(Tags, [{ Key: 'a', Value: '1' }]);
});

test('behaviour: a name is taken once in an account and region, and default is taken always', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreateEventBus', { Name: 'orders' });
  for (const Name of ['orders', 'default']) {
    const { status, json } = await bus.call('CreateEventBus', { Name });
    assert.equal(status, 400);
    assert.deepEqual(json, {
      __type: 'ResourceAlreadyExistsException',
      message: `Event bus ${Name} already exists.`,
    });
  }
  for (const caller of [{ region: 'us-west-2' }, { account: '222222222222' }]) {
    assert.equal((await bus.call('CreateEventBus', { Name: 'orders' }, caller)).status, 200);
  }
});

test('behaviour: of many who create the same bus at once, one succeeds', async (t) => {
  const bus = await startTestBus(t);
  const calls = Array.from({ length: 20 }, () => bus.call('CreateEventBus', { Name: 'orders' }));
  const statuses = (await Promise.all(calls)).map(({ status }) => status);
  assert.equal(statuses.filter((status) => status === 200).length, 1);
});

test('behaviour: no more buses than the quota', async (t) => {
  const bus = await startTestBus(t, { limits: { eventBusesPerRegion: 2 } });
  assert.equal((await bus.call('CreateEventBus', { Name: 'a' })).status, 200);
  const { json } = await bus.call('CreateEventBus', { Name: 'b' });
  assert.equal(json.__type, 'LimitExceededException');
});

test('behaviour: the quota holds when many are created at once', async (t) => {
  const data = mkdtempSync(join(tmpdir(), 'busbar-test-'));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  const bus = await startTestBus(t, { data, limits: { eventBusesPerRegion: 10 } });
  const calls = Array.from({ length: 30 }, (_, n) => bus.call('CreateEventBus', { Name: `b${n}` }));
  const statuses = (await Promise.all(calls)).map(({ status }) => status);
  assert.equal(statuses.filter((status) => status === 200).length, 9);
});

test('behaviour: a bus is not deleted under a rule that is put at the same moment', async (t) => {
  const data = mkdtempSync(join(tmpdir(), 'busbar-test-'));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  const bus = await startTestBus(t, { data });
  for (let n = 0; n < 10; n++) {
    const Name = `b${n}`;
    await bus.call('CreateEventBus', { Name });
    const [deleted, put] = await Promise.all([
      bus.call('DeleteEventBus', { Name }),
      bus.call('PutRule', { Name: 'r', EventBusName: Name, EventPattern: '{"source":["a"]}' }),
    ]);
    assert.notEqual(deleted.status, put.status, `${deleted.text} ${put.text}`);
  }
});
