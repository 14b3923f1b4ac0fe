import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adminJson } from '../../../test/admin-client.ts';
import { startTestBus } from '../../../test/running-bus.ts';
import { HandClock } from '../../domain/clock.ts';

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
    timeline: { records: 0, bytes: 0, keptForHours: 48 },
  });
});
