import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { CONFIGURED, run } from './cli-run.ts';
import { type Endpoint, startEndpoint } from './http-endpoint.ts';
import { startTestBus } from './running-bus.ts';
import { health, until } from './until.ts';

const ENV = { ...CONFIGURED, AWS_ACCESS_KEY_ID: '111111111111', AWS_REGION: 'eu-central-1' };

interface Broken {
  readonly redrive: (...argv: readonly string[]) => ReturnType<typeof run>;
  readonly listed: (...argv: readonly string[]) => Promise<readonly { id: string; targetId: string }[]>;
  readonly endpoint: Endpoint;
  readonly mend: () => void;
}

/** A bus with two rules, each with two targets that refused three events. */
async function brokenBus(t: TestContext): Promise<Broken> {
  let status = 400;
  const bus = await startTestBus(t);
  const endpoint = await startEndpoint(t, () => ({ status, body: 'out of order' }));
  for (const Rule of ['a', 'b']) {
    await bus.call('PutRule', { Name: Rule, EventPattern: '{"source":["shop"]}' });
    await bus.call('PutTargets', { Rule, Targets: ['one', 'two'].map((Id) => ({ Id, Arn: endpoint.url })) });
  }
  const Entries = ['1', '2', '3'].map((DetailType) => ({ Source: 'shop', DetailType, Detail: '{}' }));
  await bus.call('PutEvents', { Entries });
  await until(async () => (await health(bus)).deliveries.failed === 12);
  const redrive = (...argv: readonly string[]) =>
    run(['redrive', '--endpoint-url', bus.url, ...argv], { env: ENV });
  return {
    redrive,
    listed: async (...argv) => JSON.parse((await redrive('--output', 'json', ...argv)).stdout).failed,
    endpoint,
    mend: () => {
      status = 200;
    },
  };
}

test('failed deliveries are listed with why they failed, narrowed down, and page by page', async (t) => {
  const { redrive, listed } = await brokenBus(t);
  const { code, stdout } = await redrive('--rule', 'a', '--target', 'one');
  assert.equal(code, 0);
  const [first = '', second = ''] = stdout.split('\n');
  assert.match(first, /^\S+ {2}\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}a -> one$/);
  assert.match(second, /^ +SDK_CLIENT_ERROR after 1 attempt: The endpoint answered 400: out of order$/);
  assert.match(
    stdout,
    /\n\n3 deliveries\.\nSend them again: busbar redrive --all, or busbar redrive ID \.\.\.\n$/,
  );
  assert.equal((await listed()).length, 12);
  assert.equal((await listed('--error', 'SDK_CLIENT_ERROR')).length, 12);
  assert.equal((await listed('--max', '5')).length, 5);
  assert.match((await redrive('--max', '5')).stdout, /The first 5 deliveries; --max shows more\./);
  assert.equal((await redrive('--error', 'TIMEOUT')).stdout, 'No such delivery has failed.\n');
});

test('chosen deliveries are sent again by their ids', async (t) => {
  const { redrive, listed, endpoint, mend } = await brokenBus(t);
  const [one, two] = await listed();
  mend();
  assert.match((await redrive(one?.id ?? '', '--dry-run')).stdout, /Nothing was sent: it was a dry run\.\n$/);
  const { code, stdout, stderr } = await redrive(one?.id ?? '', two?.id ?? '', 'nobody');
  assert.deepEqual([code, stdout], [1, '2 deliveries are owed once more.\n']);
  assert.equal(stderr, '\nNo failed delivery has the id nobody.\nSee: busbar redrive\n');
  await endpoint.arrived(14);
  assert.equal((await listed()).length, 10);
});

test('all that a filter finds are sent again, and nothing else', async (t) => {
  const { redrive, listed, endpoint, mend } = await brokenBus(t);
  mend();
  assert.equal((await redrive('--all', '--rule', 'a', '--dry-run')).stdout.match(/ a -> /g)?.length, 6);
  assert.equal((await listed()).length, 12);
  const { code, stdout } = await redrive('--all', '--rule', 'a');
  assert.deepEqual([code, stdout], [0, '6 deliveries are owed once more.\n']);
  await endpoint.arrived(18);
  assert.ok((await listed()).every((one) => 'ruleArn' in one && String(one.ruleArn).endsWith('/b')));
  const json = JSON.parse((await redrive('--all', '--rate', '1000', '--output', 'json')).stdout);
  assert.deepEqual([json.state, json.redriven], ['done', 6]);
  assert.match((await redrive('--all')).stdout, /^No such delivery has failed\.\n$/);
  assert.match((await redrive('--all', '--detach')).stdout, /^Redrive [0-9a-f-]{36} has begun\.\n$/);
});

test('Ctrl-C ends a redrive, and the rest stays in the list', async (t) => {
  const { redrive, listed, endpoint, mend } = await brokenBus(t);
  mend();
  const listeners = process.listenerCount('SIGINT');
  const running = redrive('--all', '--rate', '1');
  await endpoint.arrived(13);
  await until(async () => process.listenerCount('SIGINT') > listeners);
  process.emit('SIGINT');
  const { code, stdout } = await running;
  assert.equal(code, 130);
  assert.match(stdout, /^Cancelled\. .* owed once more\.\nThe others stay in the list: busbar redrive\n$/);
  assert.ok((await listed()).length > 0);
});

test('what makes no sense is told before anything is sent', async (t) => {
  const { redrive, listed } = await brokenBus(t);
  for (const argv of [
    ['id', '--all'],
    ['id', '--rule', 'a'],
    ['--target', 'one'],
    ['--rate', '5'],
    ['--detach'],
  ]) {
    const { code, stderr } = await redrive(...argv);
    assert.equal(code, 252, argv.join(' '));
    assert.match(stderr, /^\nbusbar redrive: .*\nSee: busbar redrive --help\n$/);
  }
  assert.equal((await listed()).length, 12);
});
