import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CreateArchiveCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { adminJson, askAdmin } from '../../../test/admin-client.ts';
import { startTestBus, type TestBus } from '../../../test/running-bus.ts';
import { readConfig } from '../../config.ts';
import { HandClock } from '../../domain/clock.ts';
import { startBusbar } from '../../main.ts';

const START = Date.UTC(2026, 0, 2, 3, 4, 5);
const busArn = 'arn:aws:events:eu-central-1:111111111111:event-bus/default';
const path = (name: string) => `/_busbar/archives/${name}/events`;

async function busWithEvents(t: Parameters<typeof startTestBus>[0], count: number): Promise<TestBus> {
  const bus = await startTestBus(t, { clock: new HandClock(START) });
  for (const ArchiveName of ['a', 'b']) {
    const EventPattern = ArchiveName === 'a' ? undefined : '{"source":["nobody"]}';
    await bus.call('CreateArchive', { ArchiveName, EventSourceArn: busArn, EventPattern });
  }
  for (let n = 0; n < count; n++) {
    const Time = START / 1000 + n;
    await bus.call('PutEvents', {
      Entries: [{ Source: 's', DetailType: 'd', Detail: `{ "n": ${n}.0 }`, Time }],
    });
  }
  return bus;
}

const lines = async (response: Response) => (await response.text()).split('\n').slice(0, -1);
const holds = async (bus: TestBus, ArchiveName: string) =>
  (await bus.call('DescribeArchive', { ArchiveName })).json.EventCount;

test('an archive goes out as lines, and into another archive', async (t) => {
  const bus = await busWithEvents(t, 230);
  const response = await askAdmin(bus.url, path('a'));
  assert.equal(response.headers.get('content-type'), 'application/x-ndjson');
  const exported = await lines(response);
  assert.equal(exported.length, 230);
  assert.match(exported[7] ?? '', /"time":"2026-01-02T03:04:12Z".*"detail":\{"n":7\.0\}\}$/);

  const body = `${exported.toReversed().join('\n')}\n\n`;
  assert.deepEqual(await adminJson(bus.url, path('b'), { method: 'POST', body }), { events: 230 });
  assert.equal(await holds(bus, 'b'), 230);
  assert.deepEqual(await lines(await askAdmin(bus.url, path('b'))), exported);
});

test('a window narrows the export down', async (t) => {
  const bus = await busWithEvents(t, 5);
  const query = '?from=2026-01-02T03:04:06Z&to=2026-01-02T03:04:08Z';
  const exported = await lines(await askAdmin(bus.url, path('a') + query));
  assert.deepEqual(
    exported.map((line) => JSON.parse(line).detail),
    [{ n: 1 }, { n: 2 }],
  );
  assert.match(
    (await (await askAdmin(bus.url, `${path('a')}?from=yesterday`)).text()) ?? '',
    /from must be a time in ISO 8601/,
  );
});

test('a line that is no event is named, and nothing is imported', async (t) => {
  const bus = await busWithEvents(t, 1);
  const [line = ''] = await lines(await askAdmin(bus.url, path('a')));
  const call = { method: 'POST', body: `${line}\n{"x":1}\n`, status: 400 } as const;
  assert.deepEqual(await adminJson(bus.url, path('b'), call), {
    message: 'Line 2 is no event: "detail" is no JSON object.',
  });
  assert.equal(await holds(bus, 'b'), 0);
});

test('an archive that is not there is not found, nor one of another account', async (t) => {
  const bus = await busWithEvents(t, 0);
  assert.deepEqual(await adminJson(bus.url, path('nope'), { status: 404 }), {
    message: 'Archive nope does not exist.',
  });
  const elsewhere = { account: '222222222222', method: 'POST', body: '', status: 404 } as const;
  await adminJson(bus.url, path('a'), elsewhere);
});

test('events of AWS services come in with credentials too, as they came out', async (t) => {
  const config = readConfig(['--port=0', '--memory', '--account=111111111111'], {
    BUSBAR_ACCESS_KEYS: 'ANNE:s',
  });
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const bus = await startBusbar(config, { log });
  t.after(() => bus.close());
  const key = { accessKeyId: 'ANNE', secretAccessKey: 's' };
  const client = new EventBridgeClient({ endpoint: bus.url, region: 'eu-central-1', credentials: key });
  t.after(() => client.destroy());
  await client.send(new CreateArchiveCommand({ ArchiveName: 'a', EventSourceArn: busArn }));
  await client.send(new CreateArchiveCommand({ ArchiveName: 'b', EventSourceArn: busArn }));
  const body = JSON.stringify({ source: 'aws.s3', detailType: 'Object Created', detail: '{"n":1.0}' });
  await adminJson(bus.url, '/_busbar/service-events', { method: 'POST', key, body });
  const lines = await (await askAdmin(bus.url, path('a'), { key })).text();
  assert.match(lines, /"source":"aws\.s3"/);
  await adminJson(bus.url, path('b'), { method: 'POST', key, body: lines });
  assert.equal(await (await askAdmin(bus.url, path('b'), { key })).text(), lines.repeat(2));
});

test('without credentials events of any account come in, with credentials only those of its own', async (t) => {
  const line = (account: string) =>
    JSON.stringify({ account, time: '2026-01-01T00:00:00Z', source: 's', 'detail-type': 'd', detail: {} });
  const open = await busWithEvents(t, 0);
  await adminJson(open.url, path('a'), { method: 'POST', body: line('222222222222') });

  const config = readConfig(['--port=0', '--memory', '--account=111111111111'], {
    BUSBAR_ACCESS_KEYS: 'ANNE:s',
  });
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const bus = await startBusbar(config, { log });
  t.after(() => bus.close());
  const key = { accessKeyId: 'ANNE', secretAccessKey: 's' };
  const client = new EventBridgeClient({ endpoint: bus.url, region: 'eu-central-1', credentials: key });
  t.after(() => client.destroy());
  await client.send(new CreateArchiveCommand({ ArchiveName: 'a', EventSourceArn: busArn }));
  const call = { method: 'POST', key } as const;
  await adminJson(bus.url, path('a'), { ...call, body: line('111111111111') });
  const refused = await adminJson(bus.url, path('a'), { ...call, body: line('222222222222'), status: 400 });
  assert.deepEqual(refused, { message: 'Line 1 is no event: "account" must be 111111111111.' });
});
