import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { EventBridgeClient, PutEventsCommand, PutRuleCommand } from '@aws-sdk/client-eventbridge';
import { readConfig } from '../src/config.ts';
import { HandClock } from '../src/domain/clock.ts';
import { startBusbar } from '../src/main.ts';
import { adminJson, askAdmin } from './admin-client.ts';
import { putDetails, ruleWithApiDestination } from './api-destination-rule.ts';
import { openStream } from './event-stream.ts';
import { startEndpoint } from './http-endpoint.ts';
import { startTestBus, type TestBus } from './running-bus.ts';
import { health, until, untilOwed } from './until.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const START = Date.UTC(2026, 0, 2, 3, 4, 5);

interface Story {
  readonly receipts: readonly {
    readonly resumed?: boolean;
    readonly rules: readonly string[];
    readonly deliveries: readonly { readonly state: string; readonly attempts: readonly object[] }[];
  }[];
}

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'busbar-test-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

async function put(bus: TestBus): Promise<string> {
  const { json } = await bus.call('PutEvents', {
    Entries: [{ Source: 'shop', DetailType: 't', Detail: '{}' }],
  });
  return (json.Entries as { EventId: string }[])[0]?.EventId ?? '';
}

test('what an endpoint sends back of a secret is in no timeline', async (t) => {
  const clock = new HandClock(START);
  const bus = await startTestBus(t, { clock });
  const echo = await startEndpoint(t, (n) => ({ status: n === 0 ? 200 : 400, body: 'you sent the-api-key' }));
  await ruleWithApiDestination(bus, { destination: { InvocationEndpoint: echo.url } });
  const stream = await openStream(bus.url, '/_busbar/tail?deliveries=true');
  await putDetails(bus, { n: 1 });
  await echo.arrived(1);
  await putDetails(bus, { n: 2 });
  const attempts = await stream.take(2, 'attempt');
  stream.close();
  for (const { data } of attempts) {
    const { eventId, attempt } = data as { eventId: string; attempt: { response: string } };
    assert.equal(attempt.response, 'you sent ***');
    for (const query of ['', '?format=aws-log']) {
      const text = await (await askAdmin(bus.url, `/_busbar/events/${eventId}${query}`)).text();
      assert.match(text, /you sent \*\*\*/);
      assert.doesNotMatch(text, /the-api-key/);
    }
  }
});

test('after a restart the next attempt brings the story back, as far as it is known', async (t) => {
  const data = folder(t);
  const clock = new HandClock(START);
  const down = await startEndpoint(t, () => ({ status: 503 }));
  const before = await startTestBus(t, { data, clock, random: () => 0.5 });
  await before.call('PutRule', { Name: 'r', EventPattern: '{"source":["shop"]}' });
  await before.call('PutTargets', { Rule: 'r', Targets: [{ Id: 'down', Arn: down.url }] });
  const id = await put(before);
  await down.arrived(1);
  await untilOwed(before, 1);
  await before.close();

  const after = await startTestBus(t, { data, clock, random: () => 0.5 });
  await adminJson(after.url, `/_busbar/events/${id}`, { status: 404 });
  await adminJson(after.url, '/_busbar/clock', { method: 'POST', body: { next: true } });
  await down.arrived(2);
  await untilOwed(after, 1);
  const { receipts } = (await adminJson(after.url, `/_busbar/events/${id}`)) as unknown as Story;
  assert.equal(receipts[0]?.resumed, true);
  assert.equal((receipts[0]?.deliveries[0]?.attempts[0] as { number: number } | undefined)?.number, 2);
});

test('an event that is sent on has a receipt on each bus', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreateEventBus', { Name: 'second' });
  const EventPattern = '{"source":["shop"]}';
  await bus.call('PutRule', { Name: 'on', EventPattern });
  const Arn = 'arn:aws:events:eu-central-1:111111111111:event-bus/second';
  const RoleArn = 'arn:aws:iam::111111111111:role/x';
  await bus.call('PutTargets', { Rule: 'on', Targets: [{ Id: 'second', Arn, RoleArn }] });
  const id = await put(bus);
  await until(async () => (await health(bus)).deliveries.owed === 0);
  const { receipts } = (await adminJson(bus.url, `/_busbar/events/${id}`)) as unknown as Story;
  assert.deepEqual(
    receipts.map(({ rules, deliveries }) => [rules.length, deliveries.map(({ state }) => state)]),
    [
      [1, ['delivered']],
      [0, []],
    ],
  );
});

test('accounts see nothing of each other', async (t) => {
  const file = join(folder(t), 'credentials');
  writeFileSync(
    file,
    ['ANNE 111111111111', 'BERT 222222222222']
      .map((line) => line.split(' '))
      .map(
        ([id, account]) =>
          `[${id}]\naws_access_key_id=${id}\naws_secret_access_key=s\naws_account_id=${account}\n`,
      )
      .join('\n'),
  );
  const { url, close } = await startBusbar(
    readConfig(['--port=0', '--memory', `--credentials=${file}`], {}),
    {
      log: silent,
    },
  );
  t.after(close);
  const anne = { key: { accessKeyId: 'ANNE', secretAccessKey: 's' } };
  const bert = { key: { accessKeyId: 'BERT', secretAccessKey: 's' } };
  const client = new EventBridgeClient({
    endpoint: url,
    region: 'eu-central-1',
    credentials: anne.key,
    maxAttempts: 1,
  });
  t.after(() => client.destroy());
  await client.send(new PutRuleCommand({ Name: 'r', EventPattern: '{"source":["shop"]}' }));
  const Entries = [{ Source: 'shop', DetailType: 't', Detail: '{}' }];
  const { Entries: [entry] = [] } = await client.send(new PutEventsCommand({ Entries }));
  const event = `/_busbar/events/${entry?.EventId}`;
  assert.equal((await adminJson(url, event, anne)).eventId, entry?.EventId);
  await adminJson(url, event, { ...bert, status: 404 });

  const explain = async (who: typeof anne, body: object, status = 200) =>
    adminJson(url, '/_busbar/explain', { ...who, method: 'POST', body, status });
  assert.equal((await explain(anne, { eventId: entry?.EventId })).ruleCount, 1);
  await explain(bert, { eventId: entry?.EventId }, 404);
  assert.equal((await explain(bert, { event: { source: 'shop' } })).ruleCount, 0);

  const bus = 'arn:aws:events:eu-central-1:111111111111:event-bus/default';
  await adminJson(url, `/_busbar/tail?bus=${encodeURIComponent(bus)}`, { ...bert, status: 404 });
  const rule = 'arn:aws:events:eu-central-1:111111111111:rule/r';
  await adminJson(url, `/_busbar/failed?rule=${encodeURIComponent(rule)}`, { ...bert, status: 404 });
  const { scopes } = await adminJson(url, '/_busbar/status', bert);
  assert.deepEqual(scopes, []);
});
