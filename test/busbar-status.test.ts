import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HandClock } from '../src/domain/clock.ts';
import { CONFIGURED, run } from './cli-run.ts';
import { startTestBus } from './running-bus.ts';
import { until } from './until.ts';

const ENV = { ...CONFIGURED, AWS_ACCESS_KEY_ID: '111111111111', AWS_REGION: 'eu-central-1' };

test('status shows what the bus is, has configured, owes, gave up and has paused', async (t) => {
  const bus = await startTestBus(t, { clock: new HandClock(Date.UTC(2026, 0, 2)), random: () => 0 });
  const status = (...argv: readonly string[]) =>
    run(['status', '--endpoint-url', bus.url, ...argv], { env: ENV });
  const empty = await status();
  assert.equal(empty.code, 0);
  assert.match(
    empty.stdout,
    /^Busbar \d\S* at http:\S+, kept in memory, up 0s\nYou are account 111111111111 in eu-central-1\.\n/,
  );
  assert.match(empty.stdout, /\nNothing is configured yet\.\n\nDeliveries: 0 owed, 0 under way, 0 failed\n/);
  assert.ok(!empty.stdout.includes('busbar redrive'));

  await bus.call('PutRule', { Name: 'r', EventPattern: '{"source":["shop"]}' });
  await bus.call('PutTargets', { Rule: 'r', Targets: [{ Id: 'away', Arn: 'http://127.0.0.1:1/' }] });
  const Entries = ['1', '2', '3', '4', '5'].map((DetailType) => ({
    Source: 'shop',
    DetailType,
    Detail: '{}',
  }));
  await bus.call('PutEvents', { Entries });
  await until(async () => (await status()).stdout.includes('PAUSED RULE'));
  const { stdout } = await status();
  const table = `
ACCOUNT       REGION        BUSES  RULES  DISABLED  TARGETS  ARCHIVES
111111111111  eu-central-1      1      1         0        1         0
`;
  assert.ok(stdout.includes(table), stdout);
  assert.match(stdout, /\nr +away +\d+s +5 {2}CONNECTION_FAILURE\n$/);
  const { pausedQueues, deliveries } = JSON.parse((await status('--output', 'json')).stdout);
  assert.equal(pausedQueues[0].targetId, 'away');
  assert.deepEqual(deliveries, { owed: 5, failed: 0, underWay: 0 });
  const wide = await run(['status', '--endpoint-url', bus.url, '--color', 'off'], { env: ENV, columns: 60 });
  for (const text of wide.stdout.split('\n').slice(4)) assert.ok(text.length <= 72, text);
});

test('status of what is no Busbar says so', async () => {
  const { code, stderr } = await run(['status', '--endpoint-url', 'http://127.0.0.1:1/'], { env: ENV });
  assert.equal(code, 255);
  assert.match(stderr, /Could not connect to the endpoint URL/);
});
