import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { CONFIGURED, run } from './cli-run.ts';
import { type Endpoint, startEndpoint } from './http-endpoint.ts';
import { startTestBus, type TestBus } from './running-bus.ts';
import { until } from './until.ts';

const ARN = 'arn:aws:events:eu-central-1:111111111111';
const ENV = { ...CONFIGURED, AWS_ACCESS_KEY_ID: '111111111111', AWS_REGION: 'eu-central-1' };

/** A bus whose archive holds 20 events of the first twenty minutes of 2026; two rules match them all. */
async function archivedBus(t: TestContext): Promise<{
  readonly bus: TestBus;
  readonly endpoint: Endpoint;
  readonly replay: (...argv: readonly string[]) => ReturnType<typeof run>;
}> {
  const bus = await startTestBus(t);
  const endpoint = await startEndpoint(t);
  await bus.call('CreateArchive', {
    ArchiveName: 'orders',
    EventSourceArn: 'arn:aws:events:eu-central-1:111111111111:event-bus/default',
  });
  const Entries = Array.from({ length: 20 }, (_, minute) => ({
    Time: Date.UTC(2026, 0, 1, 0, minute) / 1000,
    Source: 'shop',
    DetailType: 'order',
    Detail: JSON.stringify({ minute }),
  }));
  for (const part of [Entries.slice(0, 10), Entries.slice(10)])
    await bus.call('PutEvents', { Entries: part });
  for (const Rule of ['a', 'b']) {
    await bus.call('PutRule', { Name: Rule, EventPattern: '{"source":["shop"]}' });
    await bus.call('PutTargets', { Rule, Targets: [{ Id: 'hook', Arn: endpoint.url }] });
  }
  const replay = (...argv: readonly string[]) =>
    run(['replay', ...argv, '--endpoint-url', bus.url], { env: ENV });
  return { bus, endpoint, replay };
}

test('a dry run tells which rules would get how many events', async (t) => {
  const { replay, endpoint } = await archivedBus(t);
  assert.equal(
    (await replay('orders', '--dry-run', '--from', '2026-01-01', '--to', '2026-01-01T00:15:00Z')).stdout,
    `15 events of the archive orders, from 2026-01-01 00:00:00 to 2026-01-01 00:14:00.

RULE  EVENTS  DELIVERIES
a         15          15
b         15          15

Nothing was published: it was a dry run.
`,
  );
  const json = JSON.parse(
    (await replay('orders', '--dry-run', '--rule', 'b', '--rule', 'none', '--output', 'json')).stdout,
  );
  assert.deepEqual([json.events, json.rules.length, json.missingRules.length], [20, 2, 1]);
  assert.match(
    (await replay('orders', '--dry-run', '--rule', 'none')).stdout,
    /^20 events .*\n20 events would go to no rule\.\nThere is no rule arn:\S+:rule\/none on the event bus\.\n/,
  );
  assert.match(
    (await replay('orders', '--dry-run', '--to', '2025-01-01')).stdout,
    /^No event of the archive orders is in that time\.\n/,
  );
  assert.equal(endpoint.received.length, 0);
});

test('a replay is followed to its end', async (t) => {
  const { replay, endpoint } = await archivedBus(t);
  const { code, stdout, stderr } = await replay(
    'orders',
    '--from',
    '2026-01-01T00:10:00Z',
    '--rule',
    'b',
    '--name',
    'again',
  );
  assert.deepEqual([code, stdout, stderr], [0, 'Replay again is complete. 10 events published again.\n', '']);
  await endpoint.arrived(10);
  const minutes = endpoint.received.map(({ body }) => JSON.parse(body).detail.minute);
  assert.deepEqual(
    minutes.toSorted((a, b) => a - b),
    [10, 11, 12, 13, 14, 15, 16, 17, 18, 19],
  );
  const followed = await replay('--follow', 'again', '--output', 'json');
  assert.equal(followed.code, 0);
  assert.deepEqual(JSON.parse(followed.stdout), {
    replayName: 'again',
    state: 'COMPLETED',
    events: 10,
    eventLastReplayedTime: '2026-01-01T00:19:00.000Z',
  });
});

test('a replay without a name gets one, at a pace if wanted, and may be left alone', async (t) => {
  const { bus, replay } = await archivedBus(t);
  const { code, stdout } = await replay('orders', '--pace', '2/s', '--detach');
  assert.equal(code, 0);
  const [, name = ''] =
    /^Replay (orders-\d{8}T\d{6}) has begun\. See how far it is: busbar replay --follow \1\n$/.exec(stdout) ??
    [];
  const { State } = (await bus.call('DescribeReplay', { ReplayName: name })).json;
  assert.ok(State === 'STARTING' || State === 'RUNNING', String(State));
});

test('Ctrl-C cancels a replay', async (t) => {
  const { replay, endpoint } = await archivedBus(t);
  const listeners = process.listenerCount('SIGINT');
  const running = replay('orders', '--pace', '1/s', '--name', 'slow');
  await endpoint.arrived(2);
  await until(async () => process.listenerCount('SIGINT') > listeners);
  process.emit('SIGINT');
  const { code, stdout } = await running;
  assert.equal(code, 130);
  assert.match(stdout, /^Replay slow is cancelled\. \d+ events? published again\.\n$/);
  const { code: again, stderr } = await replay('orders', '--name', 'slow');
  assert.equal(again, 254);
  assert.match(stderr, /Replay slow already exists/);
});

test('what makes no sense is told', async (t) => {
  const { replay } = await archivedBus(t);
  for (const [argv, text] of [
    [[], /name one archive; busbar events list-archives/],
    [['orders', '--from', 'soon'], /--from takes a time such as 2026-01-02T03:04:05Z or 2h, not "soon"/],
    [['orders', '--from', '2026-01-02', '--to', '2026-01-01'], /--from must be before --to/],
    [['orders', '--pace', 'fast'], /--pace takes events a second, as in 50\/s/],
    [['orders', '--follow', 'x'], /--follow wants no archive/],
  ] as const) {
    const { code, stderr } = await replay(...argv);
    assert.equal(code, 252, argv.join(' '));
    assert.match(stderr, text);
  }
  assert.deepEqual(await replay('--follow', 'nothing'), {
    code: 254,
    stdout: '',
    stderr: '\nThere is no replay nothing.\nSee: busbar events list-replays\n',
  });
  const { code, stderr } = await replay('nothing');
  assert.deepEqual(
    [code, stderr],
    [254, '\nThere is no archive nothing.\nSee: busbar events list-archives\n'],
  );
});

test('a replay on what is no Busbar is followed by what the API tells', async (t) => {
  const asked: string[] = [];
  const states = ['STARTING', 'RUNNING', 'COMPLETED'];
  const server = createServer((request, response) => {
    const operation = String(request.headers['x-amz-target'] ?? '').replace('AWSEvents.', '');
    asked.push(operation);
    const answers: Record<string, object> = {
      DescribeArchive: {
        ArchiveName: 'orders',
        ArchiveArn: `${ARN}:archive/orders`,
        EventSourceArn: `${ARN}:event-bus/shop`,
      },
      StartReplay: {},
      DescribeReplay: {
        State: operation === 'DescribeReplay' ? states.shift() : undefined,
        EventLastReplayedTime: 1767225600,
      },
    };
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      if (operation === 'StartReplay') started = JSON.parse(body);
      const answer = answers[operation];
      if (answer === undefined) response.writeHead(404).end('<html></html>');
      else response.end(JSON.stringify(answer));
    });
  });
  let started: unknown;
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  t.after(() => server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const argv = [
    'replay',
    'orders',
    '--from',
    '2026-01-01',
    '--to',
    '2026-01-02',
    '--rule',
    'r',
    '--name',
    'n',
  ];
  const { code, stdout, stderr } = await run([...argv, '--endpoint-url', url], { env: ENV });
  assert.deepEqual([code, stdout, stderr], [0, 'Replay n is complete.\n', '']);
  assert.deepEqual(started, {
    ReplayName: 'n',
    EventSourceArn: `${ARN}:archive/orders`,
    EventStartTime: Date.UTC(2026, 0, 1) / 1000,
    EventEndTime: Date.UTC(2026, 0, 2) / 1000,
    Destination: { Arn: `${ARN}:event-bus/shop`, FilterArns: [`${ARN}:rule/shop/r`] },
  });
  assert.equal(asked.filter((operation) => operation === 'DescribeReplay').length, 3);
});
