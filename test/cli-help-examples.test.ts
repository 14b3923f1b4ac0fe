import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { after, before, type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { operationTexts } from '../src/cli/help/operation-texts/index.ts';
import { operationsByCommand } from '../src/cli/operations/operations-by-command.ts';
import { type BundledBusbar, bundledBusbar } from './bundled-busbar.ts';
import { folder, run } from './cli-run.ts';
import { startTestBus, type TestBus } from './running-bus.ts';

// Each example of the help of `busbar events` is run as it is printed, by a shell, against a bus in which what
// the examples speak of is there.
const runs = promisify(execFile);
const isWindows = process.platform === 'win32';
let busbar: BundledBusbar | undefined;

before(async () => {
  if (!isWindows) busbar = await bundledBusbar();
});
after(() => busbar?.remove());

for (const name of operationsByCommand.keys()) {
  test(`the examples of ${name} do what they say`, { skip: isWindows }, async (t) => {
    const { stdout } = await run(['events', name, 'help']);
    const lines = examplesIn(stdout);
    assert.equal(lines.length, operationTexts[name]?.examples.length);
    const bus = await busWithEverything(t);
    for (const line of lines) {
      const answer = await inShell(line, bus.url);
      if (/^{/.test(answer)) assert.equal(JSON.parse(answer).FailedEntryCount ?? 0, 0, line);
      // Such an example shows something, and it is there to be shown.
      if (/--query|events (list|describe)-/.test(line))
        assert.doesNotMatch(answer, /^(None|null|\[\])?\s*$/, line);
    }
  });
}

test('help of the bundle is that of the source', { skip: isWindows }, async () => {
  for (const line of [
    'events help',
    'events put-targets help',
    'events create-connection help',
    'send --help',
    'start --help',
    'events tag-resource --generate-cli-skeleton yaml-input',
  ]) {
    const { stdout } = await run(line.split(' '));
    assert.equal(await inShell(`busbar ${line}`, 'http://127.0.0.1:9'), stdout);
  }
});

function examplesIn(help: string): readonly string[] {
  const [, shown = ''] = /\nExamples:\n(.*?)\n\nOutput:/s.exec(help) ?? [];
  return shown
    .split(/^ {2}# .*\n/m)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

async function inShell(line: string, url: string): Promise<string> {
  const env = { PATH: busbar?.path, HOME: '/nonexistent', BUSBAR_ENDPOINT_URL: url };
  const { stdout, stderr } = await runs('sh', ['-c', `set -e\n${line}\n`], { cwd: files, env });
  assert.equal(stderr, '', line);
  return stdout;
}

const ARN = 'arn:aws:events:us-east-1:000000000000';
const event = {
  id: 'a',
  account: '000000000000',
  source: 'my.app',
  time: '2026-01-02T03:04:05Z',
  region: 'us-east-1',
  resources: [],
  'detail-type': 'order',
  detail: {},
};
const entry = { Source: 'my.app', DetailType: 'order', Detail: '{"id":1}' };
const endpoint = {
  Name: 'coasts',
  RoutingConfig: {
    FailoverConfig: {
      Primary: { HealthCheck: 'arn:aws:route53:::healthcheck/00000000-1111-4222-8333-444444444444' },
      Secondary: { Route: 'us-west-2' },
    },
  },
  EventBuses: ['us-east-1', 'us-west-2'].map((region) => ({
    EventBusArn: `arn:aws:events:${region}:000000000000:event-bus/shop`,
  })),
  ReplicationConfig: { State: 'DISABLED' },
};
const statement = {
  Sid: 'crm',
  Effect: 'Allow',
  Principal: { AWS: '111122223333' },
  Action: 'events:PutEvents',
  Resource: `${ARN}:event-bus/shop`,
};
const replay = {
  ReplayName: 'orders-only',
  EventSourceArn: `${ARN}:archive/all`,
  EventStartTime: '2026-01-02T00:00:00Z',
  EventEndTime: '2026-01-03T00:00:00Z',
  Destination: { Arn: `${ARN}:event-bus/default`, FilterArns: [`${ARN}:rule/orders`] },
};
const files = folder({
  'event.json': JSON.stringify(event),
  'pattern.json': '{"source": ["my.app"]}',
  'entries.json': JSON.stringify([entry, entry]),
  'partner-entries.json': JSON.stringify([{ ...entry, Source: 'aws.partner/example.com/shop' }]),
  'policy.json': JSON.stringify({ Version: '2012-10-17', Statement: statement }),
  'replay.json': JSON.stringify(replay),
  'endpoint.json': JSON.stringify(endpoint),
});
after(() => rmSync(files, { recursive: true }));

async function busWithEverything(t: TestContext): Promise<TestBus> {
  const bus = await startTestBus(t);
  const call = async (operation: string, input: object, region = 'us-east-1') => {
    const { status, text, json } = await bus.call(operation, input, { account: '000000000000', region });
    assert.equal(status, 200, `${operation}: ${text}`);
    return json;
  };
  await call('CreateEventBus', { Name: 'shop', Tags: [{ Key: 'team', Value: 'shop' }] });
  await call('CreateEventBus', { Name: 'shop' }, 'us-west-2');
  await call('CreateEventBus', { Name: 'empty' });
  await call('PutPermission', {
    StatementId: 'partner',
    Principal: '111122223333',
    Action: 'events:PutEvents',
  });
  const EventPattern = '{"source":["my.app"]}';
  await call('PutRule', { Name: 'orders', EventPattern, Tags: [{ Key: 'team', Value: 'shop' }] });
  await call('PutRule', { Name: 'large', EventPattern, EventBusName: 'shop', State: 'DISABLED' });
  await call('PutTargets', { Rule: 'orders', Targets: [{ Id: 'web', Arn: 'http://localhost:3000/' }] });
  const queue = { Id: 'queue', Arn: 'arn:aws:sqs:us-east-1:000000000000:orders' };
  await call('PutRule', { Name: 'all', EventPattern, EventBusName: 'shop' });
  await call('PutTargets', { Rule: 'all', EventBusName: 'shop', Targets: [queue] });
  await call('CreateArchive', { ArchiveName: 'all', EventSourceArn: `${ARN}:event-bus/default` });
  const day = { EventStartTime: Date.UTC(2026, 0, 2) / 1000, EventEndTime: Date.UTC(2026, 0, 3) / 1000 };
  await call('StartReplay', { ...replay, ...day, ReplayName: 'again' });
  const { ConnectionArn } = await call('CreateConnection', {
    Name: 'crm',
    AuthorizationType: 'BASIC',
    AuthParameters: { BasicAuthParameters: { Username: 'ann', Password: 's3cret' } },
  });
  const { ApiDestinationArn } = await call('CreateApiDestination', {
    Name: 'crm',
    ConnectionArn,
    InvocationEndpoint: 'https://example.com/crm',
    HttpMethod: 'POST',
  });
  const RoleArn = 'arn:aws:iam::000000000000:role/events';
  await call('PutRule', { Name: 'leads', EventPattern });
  await call('PutTargets', { Rule: 'leads', Targets: [{ Id: 'crm', Arn: ApiDestinationArn, RoleArn }] });
  await call('CreateEndpoint', { ...endpoint, Name: 'abroad' });
  for (const name of ['shop', 'crm'].map((source) => `aws.partner/example.com/${source}`)) {
    await call('CreatePartnerEventSource', { Name: name, Account: '000000000000' });
  }
  const crm = 'aws.partner/example.com/crm';
  await call('CreateEventBus', { Name: crm, EventSourceName: crm });
  return bus;
}
