import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import {
  DescribeRuleCommand,
  EventBridgeClient,
  ListEventBusesCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { readConfig } from '../src/config.ts';
import { startBusbar } from '../src/main.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const user = (id: string) => `arn:aws:iam::000000000000:user/${id}`;

async function busWithPolicy(
  t: TestContext,
  policy: object | string,
): Promise<{ url: string; file: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'busbar-test-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'policy.json');
  writeFileSync(file, typeof policy === 'string' ? policy : JSON.stringify(policy));
  const config = readConfig(['--port=0', '--memory', `--access-policy=${file}`], {
    BUSBAR_ACCESS_KEYS: 'ANNE:s,BERT:s',
  });
  const bus = await startBusbar(config, { log: silent });
  t.after(() => bus.close());
  return { url: bus.url, file };
}

function client(t: TestContext, endpoint: string, accessKeyId: string): EventBridgeClient {
  const credentials = { accessKeyId, secretAccessKey: 's' };
  const made = new EventBridgeClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
  t.after(() => made.destroy());
  return made;
}

async function answer(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'allowed';
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}

test('an access key may do what the policy allows it, and nothing else', async (t) => {
  const { url } = await busWithPolicy(t, {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: user('ANNE') }, Action: 'events:*', Resource: '*' },
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 'events:PutTargets',
        Resource: '*',
        Condition: { StringLike: { 'events:TargetArn': 'arn:aws:sqs:*' } },
      },
      {
        Effect: 'Allow',
        Principal: { AWS: user('BERT') },
        Action: ['events:PutEvents'],
        Resource: 'arn:aws:events:us-east-1:000000000000:event-bus/default',
        Condition: { StringEquals: { 'events:source': 'shop' } },
      },
      {
        Effect: 'Allow',
        Principal: { AWS: user('BERT') },
        Action: 'events:Describe*',
        Resource: 'arn:aws:events:us-east-1:000000000000:rule/shop-*',
      },
    ],
  });
  const anne = client(t, url, 'ANNE');
  const bert = client(t, url, 'BERT');
  const EventPattern = '{"source":["shop"]}';
  assert.equal(await answer(anne.send(new PutRuleCommand({ Name: 'shop-orders', EventPattern }))), 'allowed');
  assert.match(
    await answer(bert.send(new PutRuleCommand({ Name: 'shop-orders', EventPattern }))),
    /^AccessDeniedException: User: arn:aws:iam::000000000000:user\/BERT is not authorized to perform: events:PutRule on resource: arn:aws:events:us-east-1:000000000000:rule\/shop-orders because no identity-based policy allows the events:PutRule action$/,
  );
  assert.equal(await answer(bert.send(new DescribeRuleCommand({ Name: 'shop-orders' }))), 'allowed');
  assert.match(await answer(bert.send(new DescribeRuleCommand({ Name: 'other' }))), /^AccessDeniedException/);
  assert.match(await answer(bert.send(new ListEventBusesCommand({}))), /on resource: \* because/);

  const put = (...sources: string[]) =>
    answer(
      bert.send(
        new PutEventsCommand({
          Entries: sources.map((Source) => ({ Source, DetailType: 't', Detail: '{}' })),
        }),
      ),
    );
  assert.equal(await put('shop'), 'allowed');
  assert.match(await put('shop', 'bank'), /^AccessDeniedException/);

  const target = (Arn: string) =>
    answer(anne.send(new PutTargetsCommand({ Rule: 'shop-orders', Targets: [{ Id: 't', Arn }] })));
  assert.equal(await target('http://127.0.0.1:1/'), 'allowed');
  assert.match(
    await target('arn:aws:sqs:us-east-1:000000000000:q'),
    /with an explicit deny in an identity-based policy$/,
  );
});

test('a policy that can not be read keeps the bus from starting, and so does one without callers', async (t) => {
  await assert.rejects(
    busWithPolicy(t, '{"Statement":'),
    /The access policy .* can't be used: .*invalid Json/,
  );
  assert.throws(() => readConfig(['--access-policy', 'x'], {}), /--access-policy needs --credentials/);
});
