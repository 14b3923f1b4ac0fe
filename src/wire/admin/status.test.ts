import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import {
  EventBridgeClient,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { adminJson } from '../../../test/admin-client.ts';
import { startEndpoint } from '../../../test/http-endpoint.ts';
import { startTestBus } from '../../../test/running-bus.ts';
import { until } from '../../../test/until.ts';
import { readConfig } from '../../config.ts';
import { HandClock } from '../../domain/clock.ts';
import { startBusbar } from '../../main.ts';

test('status tells what the bus is and what is configured, account by account', async (t) => {
  const bus = await startTestBus(t, { clock: new HandClock(Date.UTC(2026, 0, 2)) });
  await bus.call('CreateEventBus', { Name: 'orders' });
  await bus.call('PutRule', { Name: 'r', EventBusName: 'orders', EventPattern: '{"source":["shop"]}' });
  await bus.call('PutTargets', {
    Rule: 'r',
    EventBusName: 'orders',
    Targets: ['a', 'b'].map((Id) => ({ Id, Arn: 'http://127.0.0.1:1/' })),
  });
  const elsewhere = { account: '222222222222', region: 'us-east-1' };
  await bus.call('PutRule', { Name: 'off', EventPattern: '{"source":["x"]}', State: 'DISABLED' }, elsewhere);
  const { version, ...rest } = await adminJson(bus.url, '/_busbar/status');
  assert.match(String(version), /^\d+\.\d+\.\d+/);
  assert.deepEqual(rest, {
    store: 'memory',
    startedAt: '2026-01-02T00:00:00.000Z',
    now: '2026-01-02T00:00:00.000Z',
    account: '111111111111',
    region: 'eu-central-1',
    scopes: [
      {
        account: '111111111111',
        region: 'eu-central-1',
        eventBuses: 2,
        rules: 1,
        disabledRules: 0,
        targets: 2,
        archives: 0,
      },
      { ...elsewhere, eventBuses: 1, rules: 1, disabledRules: 1, targets: 0, archives: 0 },
    ],
    deliveries: { owed: 0, failed: 0, underWay: 0 },
    pausedQueues: [],
    tailReaders: 0,
    timeline: { records: 0, bytes: 0, keptForHours: 48 },
  });
});

test('with credentials the deliveries are those of the account that asks', async (t) => {
  const keys = 'ANNE:s:111111111111,BERT:s:222222222222';
  const config = readConfig(['--port=0', '--memory'], { BUSBAR_ACCESS_KEYS: keys });
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const bus = await startBusbar(config, { log });
  t.after(() => bus.close());
  const credentials = { accessKeyId: 'ANNE', secretAccessKey: 's' };
  const client = new EventBridgeClient({ endpoint: bus.url, region: 'eu-central-1', credentials });
  t.after(() => client.destroy());
  const endpoint = await startEndpoint(t, () => ({ status: 400 }));
  await client.send(new PutRuleCommand({ Name: 'r', EventPattern: '{"source":["shop"]}' }));
  await client.send(new PutTargetsCommand({ Rule: 'r', Targets: [{ Id: 'a', Arn: endpoint.url }] }));
  const Entries = [{ Source: 'shop', DetailType: 't', Detail: '{}' }];
  await client.send(new PutEventsCommand({ Entries }));
  const deliveries = async (accessKeyId: string) => {
    const key = { accessKeyId, secretAccessKey: 's' };
    return (await adminJson(bus.url, '/_busbar/status', { key }))['deliveries'];
  };
  const failed = { owed: 0, failed: 1, underWay: 0 };
  await until(async () => isDeepStrictEqual(await deliveries('ANNE'), failed));
  assert.deepEqual(await deliveries('BERT'), { owed: 0, failed: 0, underWay: 0 });
});

test('a target that is away is told of as paused', async (t) => {
  const bus = await startTestBus(t, { clock: new HandClock(Date.UTC(2026, 0, 2)), random: () => 0 });
  await bus.call('PutRule', { Name: 'r', EventPattern: '{"source":["shop"]}' });
  await bus.call('PutTargets', { Rule: 'r', Targets: [{ Id: 'away', Arn: 'http://127.0.0.1:1/' }] });
  const Entries = ['1', '2', '3', '4', '5'].map((DetailType) => ({
    Source: 'shop',
    DetailType,
    Detail: '{}',
  }));
  await bus.call('PutEvents', { Entries });
  const paused = async (account?: string) => {
    const { pausedQueues } = await adminJson(
      bus.url,
      '/_busbar/status',
      account === undefined ? {} : { account },
    );
    return pausedQueues as readonly Record<string, unknown>[];
  };
  await until(async () => (await paused()).length > 0);
  const [{ error, pausedUntil, ...rest } = {}] = await paused();
  assert.deepEqual(rest, {
    ruleArn: 'arn:aws:events:eu-central-1:111111111111:rule/r',
    targetId: 'away',
    failures: 5,
  });
  assert.equal((error as { code: string }).code, 'CONNECTION_FAILURE');
  assert.match(String(pausedUntil), /^2026-01-02T00:0\d:\d\d\.\d{3}Z$/);
});
