import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { connect } from '@nats-io/transport-node';
import { must, putDetails, ROLE, ruleWithApiDestination } from './api-destination-rule.ts';
import { startEndpoint } from './http-endpoint.ts';
import { NatsServer } from './nats-server.ts';
import { startTestBus } from './running-bus.ts';
import { health, until, untilOwed } from './until.ts';

test('one event goes to a file, a command and a subject', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'busbar-own-'));
  const nats = await NatsServer.start();
  const listener = await connect({ servers: nats.host });
  const messages: string[] = [];
  listener.subscribe('orders.*', { callback: (_error, message) => void messages.push(message.string()) });
  await listener.flush();
  t.after(async () => {
    await listener.close();
    await nats.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const command = join(folder, 'on-order');
  writeFileSync(command, `#!/bin/sh\ncat > ${folder}/seen\n`);
  chmodSync(command, 0o700);
  const bus = await startTestBus(t, { flags: [`--file-targets=${folder}`, `--exec-targets=${command}`] });
  await must(bus, 'PutRule', { Name: 'r', EventPattern: '{"source":["shop"]}' });
  await must(bus, 'PutTargets', {
    Rule: 'r',
    Targets: [
      { Id: 'file', Arn: `file://${folder}/orders.jsonl`, InputPath: '$.detail' },
      { Id: 'exec', Arn: `exec:${command}?arg=x`, InputPath: '$.detail' },
      { Id: 'nats', Arn: `${nats.url}/orders.placed`, InputPath: '$.detail' },
    ],
  });
  await putDetails(bus, { n: 1 });
  await untilOwed(bus, 0);
  assert.equal((await health(bus)).deliveries.failed, 0);
  assert.equal(readFileSync(join(folder, 'orders.jsonl'), 'utf8'), '{"n":1}\n');
  assert.equal(readFileSync(join(folder, 'seen'), 'utf8'), '{"n":1}');
  await until(async () => messages.length > 0);
  assert.deepEqual(messages, ['{"n":1}']);
});

test('where nothing inside may be reached, names that lead there end as failed, and tokens are not asked for', async (t) => {
  const endpoint = await startEndpoint(t);
  const local = endpoint.url.replace('127.0.0.1', 'localhost');
  const bus = await startTestBus(t, { flags: ['--private-targets=none'] });
  const Targets = [{ Id: 'h', Arn: endpoint.url }];
  await must(bus, 'PutRule', { Name: 'r', EventPattern: '{"source":["shop"]}' });
  const refused = await bus.call('PutTargets', { Rule: 'r', Targets });
  assert.match(String(refused.json.message), /127\.0\.0\.1 is a loopback or private address/);
  await must(bus, 'PutTargets', { Rule: 'r', Targets: [{ Id: 'h', Arn: local }] });
  await ruleWithApiDestination(bus, { destination: { InvocationEndpoint: local } });
  await putDetails(bus, { n: 1 });
  await until(async () => (await health(bus)).deliveries.failed === 2);

  const OAuthParameters = {
    AuthorizationEndpoint: local,
    ClientParameters: { ClientID: 'client', ClientSecret: 'client-secret' },
    HttpMethod: 'POST',
  };
  await must(bus, 'CreateConnection', {
    Name: 'oauth',
    AuthorizationType: 'OAUTH_CLIENT_CREDENTIALS',
    AuthParameters: { OAuthParameters },
  });
  const connection = () => must(bus, 'DescribeConnection', { Name: 'oauth' });
  await until(async () => (await connection()).ConnectionState === 'DEAUTHORIZED');
  assert.match(String((await connection()).StateReason), /loopback or private address/);
  assert.equal(endpoint.received.length, 0);
});

test('what may not be a target is refused by PutTargets', async (t) => {
  const bus = await startTestBus(t);
  await must(bus, 'PutRule', { Name: 'r', EventPattern: '{"source":["shop"]}' });
  const refusal = async (Arn: string) => {
    const { status, json } = await bus.call('PutTargets', {
      Rule: 'r',
      Targets: [{ Id: 't', Arn, RoleArn: ROLE }],
    });
    assert.equal(status, 400);
    assert.equal(json.__type, 'ValidationException');
    return String(json.message);
  };
  assert.match(await refusal('file:///tmp/a.jsonl'), /unless --file-targets/);
  assert.match(await refusal('exec:/bin/true'), /unless --exec-targets/);
  assert.match(await refusal('http://169.254.169.254/latest/meta-data/'), /is never reached/);
  assert.match(await refusal('http://2852039166/'), /is never reached/);
  assert.match(await refusal('nats://127.0.0.1/$SYS.x'), /NATS subject is/);
});
