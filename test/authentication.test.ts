import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import {
  DescribeEventBusCommand,
  EventBridgeClient,
  ListEventBusesCommand,
} from '@aws-sdk/client-eventbridge';
import { readConfig } from '../src/config.ts';
import { HandClock } from '../src/domain/clock.ts';
import { startBusbar } from '../src/main.ts';
import { startTestBus } from './running-bus.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

function client(
  t: TestContext,
  endpoint: string,
  accessKeyId: string,
  secretAccessKey: string,
): EventBridgeClient {
  const made = new EventBridgeClient({
    endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
  });
  t.after(() => made.destroy());
  return made;
}

async function arnOfDefaultBus(caller: EventBridgeClient): Promise<string> {
  try {
    return (await caller.send(new DescribeEventBusCommand({}))).Arn ?? 'no ARN';
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}

test('with a credentials file only its keys come in, each for its account; a changed file is read again', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'busbar-test-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'credentials');
  writeFileSync(
    file,
    '# people\n[default]\naws_access_key_id = ANNE\naws_secret_access_key=s1\naws_account_id = 111111111111\n\n[second]\naws_access_key_id=BERT\naws_secret_access_key=s2\n',
  );
  const clock = new HandClock(Date.now());
  const bus = await startBusbar(readConfig(['--port=0', '--memory', `--credentials=${file}`], {}), {
    clock,
    log: silent,
  });
  t.after(() => bus.close());

  const anne = client(t, bus.url, 'ANNE', 's1');
  const arn = (account: string) => `arn:aws:events:eu-central-1:${account}:event-bus/default`;
  assert.equal(await arnOfDefaultBus(anne), arn('111111111111'));
  assert.equal(await arnOfDefaultBus(client(t, bus.url, 'BERT', 's2')), arn('000000000000'));
  assert.equal(await arnOfDefaultBus(client(t, bus.url, 'ANNE', 'wrong')), 'InvalidSignatureException');
  const carl = client(t, bus.url, 'CARL', 's3');
  assert.equal(await arnOfDefaultBus(carl), 'UnrecognizedClientException');

  writeFileSync(
    file,
    '[default]\naws_access_key_id = CARL\naws_secret_access_key=s3\naws_account_id = 333333333333\n',
  );
  clock.advance(1000);
  assert.equal(await arnOfDefaultBus(carl), arn('333333333333'));
  assert.equal(await arnOfDefaultBus(anne), 'UnrecognizedClientException');

  rmSync(file);
  clock.advance(1000);
  assert.equal(await arnOfDefaultBus(carl), arn('333333333333'));
});

test('a key acts for its own account alone, whatever its header claims beside the signature', async (t) => {
  const config = readConfig(['--port=0', '--memory'], { BUSBAR_ACCESS_KEYS: 'ANNE:s1,BERT:s2:222222222222' });
  const bus = await startBusbar(config, { log: silent });
  t.after(() => bus.close());
  const anne = client(t, bus.url, 'ANNE', 's1');
  const forged = 'Credential=222222222222/20260102/us-east-1/events/aws4_request, Credential=';
  anne.middlewareStack.add(
    (next) => (args) => {
      const { headers } = args.request as { headers: Record<string, string> };
      const name = headers['authorization'] === undefined ? 'Authorization' : 'authorization';
      headers[name] = (headers[name] ?? '').replace('Credential=', forged);
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low' },
  );
  assert.equal(await arnOfDefaultBus(anne), 'IncompleteSignatureException');
});

test('a credentials file without a key pair keeps the bus from starting', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'busbar-test-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'credentials');
  const start = () =>
    startBusbar(readConfig(['--port=0', '--memory', `--credentials=${file}`], {}), { log: silent });
  await assert.rejects(start, /ENOENT.*credentials/);
  writeFileSync(file, '[default]\nregion = us-east-1\n');
  await assert.rejects(start, /holds no key pair: a profile needs aws_access_key_id/);
});

test('an unsigned request to a bus that knows its callers is refused', async (t) => {
  const config = readConfig(['--port=0', '--memory'], { BUSBAR_ACCESS_KEYS: 'ANNE:s1' });
  const bus = await startBusbar(config, { log: silent });
  t.after(() => bus.close());
  const headers = { 'X-Amz-Target': 'AWSEvents.ListRules' };
  const response = await fetch(bus.url, { method: 'POST', headers, body: '{}' });
  assert.equal(response.status, 400);
  assert.deepEqual(await response.json(), {
    __type: 'MissingAuthenticationTokenException',
    message: 'Missing Authentication Token',
  });
});

test('without credentials configured, an unsigned request is taken', async (t) => {
  const bus = await startTestBus(t);
  const caller = client(t, bus.url, 'anybody', 'anything');
  assert.equal((await caller.send(new ListEventBusesCommand({}))).EventBuses?.length, 1);
  const headers = { 'X-Amz-Target': 'AWSEvents.ListRules' };
  assert.equal((await fetch(bus.url, { method: 'POST', headers, body: '{}' })).status, 200);
});
