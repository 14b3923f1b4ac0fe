import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus } from '../../test/running-bus.ts';
import { HandClock } from '../domain/clock.ts';

const arn = (name: string) => `arn:aws:events:eu-central-1:111111111111:event-bus/${name}`;
const settings = {
  KmsKeyIdentifier: 'alias/key',
  Description: 'all orders',
  DeadLetterConfig: { Arn: 'arn:aws:sqs:eu-central-1:111111111111:dead' },
  LogConfig: { IncludeDetail: 'FULL', Level: 'TRACE' },
};

test('serialization: the answer holds all settings, the changed ones and the others', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreateEventBus', { Name: 'orders', ...settings });
  const { status, json } = await bus.call('UpdateEventBus', { Name: 'orders', Description: 'some orders' });
  assert.equal(status, 200);
  assert.deepEqual(json, {
    Arn: arn('orders'),
    Name: 'orders',
    ...settings,
    Description: 'some orders',
  });
});

test('validation: an unknown bus is not found', async (t) => {
  const bus = await startTestBus(t);
  const { json } = await bus.call('UpdateEventBus', { Name: 'nope', Description: 'd' });
  assert.deepEqual(json, {
    __type: 'ResourceNotFoundException',
    message: 'Event bus nope does not exist.',
  });
  assert.equal((await bus.call('DescribeEventBus', { Name: 'nope' })).status, 400);
});

test('validation: a dead-letter configuration needs an ARN', async (t) => {
  const bus = await startTestBus(t);
  const { json } = await bus.call('UpdateEventBus', { DeadLetterConfig: {} });
  assert.deepEqual(json, {
    __type: 'ValidationException',
    message:
      'Parameter DeadLetterConfig.Arn is not valid. Reason: Provide a valid SQS queue ARN, or an empty string to remove the dead-letter queue configuration.',
  });
});

test('behaviour: the bus is described and listed as it was changed, and when', async (t) => {
  const clock = new HandClock(1_700_000_000_000);
  const bus = await startTestBus(t, { clock });
  await bus.call('CreateEventBus', { Name: 'orders', Tags: [{ Key: 'k', Value: 'v' }] });
  clock.advance(1500);
  await bus.call('UpdateEventBus', { Name: 'orders', ...settings });
  const times = { CreationTime: 1_700_000_000, LastModifiedTime: 1_700_000_001.5 };
  assert.deepEqual((await bus.call('DescribeEventBus', { Name: 'orders' })).json, {
    Name: 'orders',
    Arn: arn('orders'),
    ...settings,
    ...times,
  });
  const { Description } = settings;
  assert.deepEqual((await bus.call('ListEventBuses', { NamePrefix: 'orders' })).json.EventBuses, [
    { Name: 'orders', Arn: arn('orders'), Description, ...times },
  ]);
});

test('behaviour: an empty text removes; what is left out stays', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreateEventBus', { Name: 'orders', ...settings });
  const { json } = await bus.call('UpdateEventBus', {
    Name: 'orders',
    KmsKeyIdentifier: '',
    Description: '',
  });
  const { DeadLetterConfig, LogConfig } = settings;
  assert.deepEqual(json, { Arn: arn('orders'), Name: 'orders', DeadLetterConfig, LogConfig });
});

test('behaviour: without a name it is the default bus, which keeps its creation time', async (t) => {
  const clock = new HandClock(1_700_000_000_000);
  const bus = await startTestBus(t, { clock });
  clock.advance(5000);
  await bus.call('UpdateEventBus', { Description: 'the first' });
  const expected = {
    Name: 'default',
    Arn: arn('default'),
    Description: 'the first',
    CreationTime: 1_700_000_000,
    LastModifiedTime: 1_700_000_005,
  };
  assert.deepEqual((await bus.call('DescribeEventBus', {})).json, expected);
  assert.deepEqual((await bus.call('ListEventBuses', {})).json.EventBuses, [expected]);
  const elsewhere = await bus.call('DescribeEventBus', {}, { region: 'us-west-2' });
  assert.equal(elsewhere.json.Description, undefined);
});
