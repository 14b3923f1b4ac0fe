import assert from 'node:assert/strict';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { type TestContext, test } from 'node:test';
import { HandClock } from '../src/domain/clock.ts';
import { CONFIGURED, run } from './cli-run.ts';
import { startEndpoint } from './http-endpoint.ts';
import { startTestBus, type TestBus } from './running-bus.ts';
import { until } from './until.ts';

const ENV = { ...CONFIGURED, AWS_ACCESS_KEY_ID: '111111111111', AWS_REGION: 'eu-central-1' };
const ARN = 'arn:aws:events:eu-central-1:111111111111';
const QUEUE = 'arn:aws:sqs:eu-central-1:111111111111:orders';
const DEAD = { DeadLetterConfig: { Arn: 'arn:aws:sqs:eu-central-1:111111111111:dead' } };
const RoleArn = 'arn:aws:iam::111111111111:role/r';

interface Found {
  readonly severity: string;
  readonly check: string;
  readonly resource: string;
  readonly what: string;
  readonly why: string;
  readonly mend?: string;
}

interface Bus {
  readonly bus: TestBus;
  readonly rule: (
    name: string,
    pattern: object,
    targets?: readonly object[],
    eventBus?: string,
  ) => Promise<void>;
  readonly examine: (...argv: readonly string[]) => ReturnType<typeof run>;
  readonly findings: (...argv: readonly string[]) => Promise<readonly Found[]>;
}

async function configured(t: TestContext): Promise<Bus> {
  const bus = await startTestBus(t, { clock: new HandClock(Date.UTC(2026, 0, 2)), random: () => 0 });
  const examine = (...argv: readonly string[]) =>
    run(['doctor', '--endpoint-url', bus.url, ...argv], { env: ENV });
  return {
    bus,
    async rule(Name, pattern, targets = [{ Id: 'q', Arn: QUEUE, ...DEAD }], EventBusName = 'default') {
      await must(bus, 'PutRule', { Name, EventBusName, EventPattern: JSON.stringify(pattern) });
      if (targets.length === 0) return;
      await must(bus, 'PutTargets', { Rule: Name, EventBusName, Targets: targets });
    },
    examine,
    findings: async (...argv) => JSON.parse((await examine('--output', 'json', ...argv)).stdout).findings,
  };
}

async function must(bus: TestBus, operation: string, input: object): Promise<void> {
  const { status, text } = await bus.call(operation, input);
  assert.equal(status, 200, `${operation}: ${text}`);
}

const kinds = (findings: readonly Found[]) => findings.map(({ severity, check }) => `${severity} ${check}`);

test('nothing configured, nothing wrong', async (t) => {
  const { examine } = await configured(t);
  assert.deepEqual(await examine('--connect'), {
    code: 0,
    stdout: 'Looked at 1 event bus.\nNothing is wrong.\n',
    stderr: '',
  });
});

test('rules that do nothing are told with the command that mends them', async (t) => {
  const { bus, rule, examine, findings } = await configured(t);
  await rule('idle', { source: ['x'] }, []);
  assert.deepEqual(await findings(), [
    {
      severity: 'warning',
      check: 'no-targets',
      resource: `${ARN}:rule/idle`,
      what: 'The rule idle has no targets.',
      why: 'It matches events and sends them nowhere.',
      mend: `busbar events put-targets --rule idle --targets Id=ID,Arn=TARGET_ARN --endpoint-url ${bus.url}`,
    },
  ]);
  assert.equal((await examine()).code, 0);
  assert.equal((await examine('--strict')).code, 1);
  assert.equal((await examine('--strict', '--skip', 'no-targets')).code, 0);

  await rule('never', { detailType: ['x'] });
  await rule('off', { source: ['off'] }, []);
  await must(bus, 'DisableRule', { Name: 'off' });
  const found = await findings('--skip', 'no-targets');
  assert.deepEqual(kinds(found), ['error rule-cannot-match', 'note disabled-rule']);
  assert.match(found[0]?.why ?? '', /^Events have no field detailType: .* Did you mean detail-type\?$/);
  assert.ok(found[0]?.mend?.startsWith('busbar events put-rule --name never --event-pattern PATTERN '));
  assert.equal((await examine()).code, 1);
});

test('a schedule that is over, by the clock of the bus', async (t) => {
  const { bus, findings } = await configured(t);
  for (const [Name, year] of [
    ['over', 2025],
    ['to-come', 2026],
  ]) {
    await must(bus, 'PutRule', { Name, ScheduleExpression: `cron(0 0 1 7 ? ${year})` });
    await must(bus, 'PutTargets', { Rule: Name, Targets: [{ Id: 'q', Arn: QUEUE, ...DEAD }] });
  }
  const found = await findings();
  assert.deepEqual(kinds(found), ['warning schedule-is-over']);
  assert.equal(found[0]?.resource, `${ARN}:rule/over`);
});

test('the command for a dead-letter queue keeps all that the target has', async (t) => {
  const { bus, rule, findings, examine } = await configured(t);
  const target = { Id: 'q', Arn: QUEUE, Input: '{"it\'s": 1}', RetryPolicy: { MaximumRetryAttempts: 3 } };
  await rule('orders', { source: ['x'] }, [target]);
  const [found] = await findings();
  assert.equal(found?.check, 'no-dead-letter-queue');
  const { code } = await shell(found?.mend?.replace('QUEUE_ARN', DEAD.DeadLetterConfig.Arn) ?? '');
  assert.equal(code, 0);
  assert.deepEqual((await bus.call('ListTargetsByRule', { Rule: 'orders' })).json['Targets'], [
    { ...target, ...DEAD },
  ]);
  assert.equal((await examine('--strict')).code, 0);
});

test('circles and second hops between event buses, unless the patterns exclude each other', async (t) => {
  const { bus, rule, findings } = await configured(t);
  const to = (name: string) => [{ Id: name, Arn: `${ARN}:event-bus/${name}`, RoleArn, ...DEAD }];
  for (const Name of ['b', 'c']) await must(bus, 'CreateEventBus', { Name });
  await rule('out', { source: ['x', 'y'] }, to('b'));
  await rule('other', { source: ['z'] }, to('c'), 'b');
  assert.deepEqual(await findings(), []);
  await rule('on', { source: ['y'], detail: { a: [1] } }, to('c'), 'b');
  const [hop] = await findings('--skip', 'wider-pattern');
  assert.equal(hop?.check, 'second-hop');
  assert.equal(
    hop?.what,
    `The rule on of the event bus b can't send on to ${ARN}:event-bus/c what came from default.`,
  );
  await rule('back', { source: ['y'] }, to('default'), 'c');
  const found = await findings('--skip', 'wider-pattern,second-hop');
  assert.deepEqual(kinds(found), ['warning bus-circle']);
  assert.equal(found[0]?.what, 'Event buses send to each other in a circle: default -> b -> c -> default.');
});

test('what the doctor says of a second hop is what happens', async (t) => {
  const { bus, rule } = await configured(t);
  const to = (name: string) => [{ Id: name, Arn: `${ARN}:event-bus/${name}`, RoleArn }];
  for (const Name of ['b', 'c']) await must(bus, 'CreateEventBus', { Name });
  await rule('out', { source: ['x'] }, to('b'));
  await rule('on', { source: ['x'] }, to('c'), 'b');
  await must(bus, 'PutEvents', { Entries: [{ Source: 'x', DetailType: 't', Detail: '{}' }] });
  const listed = () => run(['redrive', '--output', 'json', '--endpoint-url', bus.url], { env: ENV });
  await until(async () => JSON.parse((await listed()).stdout).failed.length > 0);
  const [failed] = JSON.parse((await listed()).stdout).failed;
  assert.equal(failed.error.code, 'THIRD_ACCOUNT_HOP_DETECTED');
  assert.equal(failed.ruleArn, `${ARN}:rule/b/on`);
});

test('rules that get the same events: twice to one target, equal, or one all of the other', async (t) => {
  const { rule, findings } = await configured(t);
  const elsewhere = [{ Id: 'e', Arn: `${QUEUE}-2`, ...DEAD }];
  await rule('wide', { source: [{ prefix: 'my.' }] });
  await rule('narrow', { source: ['my.app'], detail: { n: [1] } });
  await rule('same', { source: [{ prefix: 'my.' }] }, elsewhere);
  await rule('apart', { source: ['your.app'] });
  const found = await findings();
  assert.deepEqual(
    found.map(({ check, what }) => `${check}: ${what}`),
    [
      `delivered-twice: Each event of the rule narrow goes to ${QUEUE} twice.`,
      'same-pattern: The rule same gets the same events as wide.',
      'wider-pattern: The rule same gets all events that narrow gets, and others.',
    ],
  );
});

test('connections, API destinations and archives that do not work', async (t) => {
  const { bus, rule, findings } = await configured(t);
  await must(bus, 'CreateConnection', {
    Name: 'shop',
    AuthorizationType: 'API_KEY',
    AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: 'k', ApiKeyValue: 'v' } },
  });
  const { ConnectionArn } = (await bus.call('DescribeConnection', { Name: 'shop' })).json;
  await must(bus, 'CreateApiDestination', {
    Name: 'orders',
    ConnectionArn,
    HttpMethod: 'POST',
    InvocationEndpoint: 'https://shop.example/orders',
  });
  const { ApiDestinationArn } = (await bus.call('DescribeApiDestination', { Name: 'orders' })).json;
  await rule('call', { source: ['x'] }, [{ Id: 'api', Arn: ApiDestinationArn, RoleArn, ...DEAD }]);
  const archive = { ArchiveName: 'all', EventSourceArn: `${ARN}:event-bus/default`, RetentionDays: 5 };
  await must(bus, 'CreateArchive', archive);
  assert.deepEqual(await findings(), []);

  await must(bus, 'DeauthorizeConnection', { Name: 'shop' });
  const { Targets } = (await bus.call('ListTargetsByRule', { Rule: 'Events-Archive-all' })).json;
  const Ids = (Targets as { Id: string }[]).map(({ Id }) => Id);
  await must(bus, 'RemoveTargets', { Rule: 'Events-Archive-all', Ids, Force: true });
  const archivePattern = { ...archive, ArchiveName: 'none', EventPattern: '{"account":["1"]}' };
  await must(bus, 'CreateArchive', archivePattern);
  const found = await findings();
  assert.deepEqual(kinds(found), [
    'error connection-not-authorized',
    'error archive-keeps-nothing',
    'error archive-keeps-nothing',
  ]);
  assert.match(found[0]?.what ?? '', /^The connection shop is DEAUTHORIZED\.$/);
  assert.match(found[0]?.why ?? '', /Nothing can be sent to orders\.$/);
  assert.match(found[1]?.mend ?? '', /update-archive --archive-name all --retention-days 5/);
  assert.equal((await shell(found[1]?.mend ?? '')).code, 0);
  assert.equal((await findings()).length, 2);

  await must(bus, 'DeleteApiDestination', { Name: 'orders' });
  assert.ok(kinds(await findings()).includes('error target-is-gone'));
});

test('endpoints are tried on demand only, within a time', async (t) => {
  const { rule, findings, examine } = await configured(t);
  const server = createServer((socket) => socket.on('error', () => undefined));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  await rule('there', { source: ['x'] }, [{ Id: 'h', Arn: `http://127.0.0.1:${port}/a`, ...DEAD }]);
  // Nothing listens on the first of all ports.
  await rule('away', { source: ['y'] }, [{ Id: 'h', Arn: 'http://127.0.0.1:1/', ...DEAD }]);
  // It takes connections, and never says a word of TLS.
  await rule('silent', { source: ['z'] }, [{ Id: 'h', Arn: `https://localhost:${port}/`, ...DEAD }]);
  assert.deepEqual(await findings(), []);
  const found = await findings('--connect', '--timeout', '1s');
  assert.deepEqual(
    found.map(({ what, why }) => [what, why.split('. ')[0]]),
    [
      [
        "The target h of the rule away can't be reached: http://127.0.0.1:1/",
        'Seen from this machine, nothing listens there',
      ],
      [
        `The target h of the rule silent can't be reached: https://localhost:${port}/`,
        'Seen from this machine, it does not answer within 1.0 s',
      ],
    ],
  );
  assert.equal((await examine('--connect', '--timeout', '1s')).code, 1);
});

test('an endpoint that speaks no TLS', async (t) => {
  const { rule, findings } = await configured(t);
  const { url } = await startEndpoint(t);
  await rule('plain', { source: ['x'] }, [{ Id: 'h', Arn: url.replace('http:', 'https:'), ...DEAD }]);
  const [found] = await findings('--connect');
  assert.match(found?.why ?? '', /^Seen from this machine, it does not speak TLS\. /);
});

test('a target that fails again and again', async (t) => {
  const { bus, rule, findings } = await configured(t);
  await rule('away', { source: ['x'] }, [{ Id: 'h', Arn: 'http://127.0.0.1:1/' }]);
  const Entries = ['1', '2', '3', '4', '5'].map((DetailType) => ({ Source: 'x', DetailType, Detail: '{}' }));
  await must(bus, 'PutEvents', { Entries });
  await until(async () => kinds(await findings()).includes('warning failing-target'));
  const [found] = (await findings()).filter(({ check }) => check === 'failing-target');
  assert.equal(found?.what, 'Target h of the rule away fails: 5 attempts in a row.');
});

test('deliveries that were given up', async (t) => {
  const { bus, rule, findings, examine } = await configured(t);
  const endpoint = await startEndpoint(t, () => ({ status: 400 }));
  await rule('broken', { source: ['x'] }, [{ Id: 'h', Arn: endpoint.url }]);
  await must(bus, 'PutEvents', { Entries: [{ Source: 'x', DetailType: 't', Detail: '{}' }] });
  await until(async () => kinds(await findings()).includes('error failed-deliveries'));
  assert.match((await examine()).stdout, /^error {4}1 delivery was given up\.$/m);
});

test('it looks at what is no Busbar too, and says what it may not see', async (t) => {
  const asked: string[] = [];
  const answers: Record<string, object> = {
    ListEventBuses: { EventBuses: [{ Name: 'default', Arn: `${ARN}:event-bus/default` }] },
    ListRules: {
      Rules: [{ Name: 'r', Arn: `${ARN}:rule/r`, State: 'ENABLED', EventPattern: '{"source":["x"]}' }],
    },
    ListTargetsByRule: { Targets: [] },
  };
  const url = await speaking(t, (operation) => {
    asked.push(operation);
    if (operation === '') return [404, '<html>no such page</html>'];
    // The first time that it is asked, it has no time.
    if (operation === 'ListTargetsByRule' && asked.filter((one) => one === operation).length === 1) {
      return [400, '{"__type":"ThrottlingException","message":"Rate exceeded"}'];
    }
    const answer = answers[operation];
    if (answer !== undefined) return [200, JSON.stringify(answer)];
    return [400, '{"__type":"AccessDeniedException","message":"not yours"}'];
  });
  const { code, stdout, stderr } = await run(['doctor', '--endpoint-url', url], { env: ENV });
  assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
  assert.match(stdout, /^warning {2}The rule r has no targets\.$/m);
  assert.match(stdout, /^Not looked at: ListArchives: .*not yours/m);
  assert.equal(asked.filter((operation) => operation === 'ListTargetsByRule').length, 2);
});

/** A service of the test's own: answers operations, '' for any other request, with a status and a body. */
async function speaking(
  t: TestContext,
  answer: (operation: string) => readonly [status: number, body: string],
): Promise<string> {
  const server = createHttpServer((request, response) => {
    const [status, body] = answer(String(request.headers['x-amz-target'] ?? '').replace('AWSEvents.', ''));
    request.resume().on('end', () => response.writeHead(status).end(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('a misspelt check, a bus that is not there', async (t) => {
  const { examine } = await configured(t);
  assert.deepEqual(await examine('--skip', 'no-target'), {
    code: 252,
    stdout: '',
    stderr:
      '\nbusbar doctor: there is no check "no-target". Did you mean no-targets?\nSee: busbar doctor --help\n',
  });
  assert.match((await examine('--bus', 'nowhere')).stderr, /there is no event bus "nowhere"/);
});

/** Runs the command that a finding names, as a shell would take it apart. */
async function shell(command: string): ReturnType<typeof run> {
  const { execFileSync } = await import('node:child_process');
  const words = execFileSync('sh', ['-c', `printf '%s\\0' ${command}`], { encoding: 'utf8' })
    .split('\0')
    .slice(1, -1);
  return run(words, { env: ENV });
}
