import assert from 'node:assert/strict';
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
