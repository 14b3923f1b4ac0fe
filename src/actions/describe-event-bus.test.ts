import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { startTestBus } from '../../test/running-bus.ts';
import { HandClock } from '../domain/clock.ts';

test('serialization: everything that was given, and the times in seconds', async (t) => {
  const clock = new HandClock(Date.UTC(2026, 0, 2, 3, 4, 5, 250));
  const bus = await startTestBus(t, { clock });
  const given = {
    Description: 'all orders',
    KmsKeyIdentifier: 'alias/orders',
    DeadLetterConfig: { Arn: 'arn:aws:sqs:eu-central-1:111111111111:dead' },
    LogConfig: { IncludeDetail: 'FULL', Level: 'TRACE' },
  };
  await bus.call('CreateEventBus', { Name: 'orders', ...given });
  const time = Date.UTC(2026, 0, 2, 3, 4, 5, 250) / 1000;
  assert.deepEqual((await bus.call('DescribeEventBus', { Name: 'orders' })).json, {
    Name: 'orders',
    Arn: 'arn:aws:events:eu-central-1:111111111111:event-bus/orders',
    ...given,
    CreationTime: time,
    LastModifiedTime: time,
  });
});

test('validation: an unknown bus is refused by its name', async (t) => {
  const bus = await startTestBus(t);
  const arn = 'arn:aws:events:eu-central-1:111111111111:event-bus/nope';
  for (const Name of ['nope', arn]) {
    const { status, json } = await bus.call('DescribeEventBus', { Name });
    assert.equal(status, 400);
    assert.deepEqual(json, {
      __type: 'ResourceNotFoundException',
      message: 'Event bus nope does not exist.',
    });
  }
});

test('behaviour: saying nothing means the default bus; an ARN is as good as a name', async (t) => {
  const bus = await startTestBus(t);
  assert.equal((await bus.call('DescribeEventBus', {})).json.Name, 'default');
  assert.equal((await bus.call('DescribeEventBus', '')).json.Name, 'default');
  await bus.call('CreateEventBus', { Name: 'orders' });
  const Name = 'arn:aws:events:eu-central-1:111111111111:event-bus/orders';
  assert.equal((await bus.call('DescribeEventBus', { Name })).json.Name, 'orders');
  assert.equal((await bus.call('DescribeEventBus', { Name }, { region: 'us-west-2' })).json.Arn, Name);
});

test('behaviour: the default bus keeps its creation time over a restart', async (t) => {
  const data = mkdtempSync(join(tmpdir(), 'busbar-test-'));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  const times: unknown[] = [];
  for (const now of [1000, 2000]) {
    const bus = await startTestBus(t, { data, clock: new HandClock(now) });
    times.push((await bus.call('DescribeEventBus', {})).json.CreationTime);
    await bus.close();
  }
  assert.deepEqual(times, [1, 1]);
});
