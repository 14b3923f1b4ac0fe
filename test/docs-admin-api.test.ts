import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { HandClock } from '../src/domain/clock.ts';
import { adminRoutes } from '../src/wire/admin/routes.ts';
import { askAdmin } from './admin-client.ts';
import { openStream } from './event-stream.ts';
import { startEndpoint } from './http-endpoint.ts';
import { startTestBus, type TestBus } from './running-bus.ts';
import { health, until } from './until.ts';

const page = readFileSync(new URL('../docs/admin-api.md', import.meta.url), 'utf8');
const DOCUMENTED_EVENT = '11111111-2222-4333-8444-555555555555';
const CALLER = { account: '000000000000', region: 'us-east-1' };

interface Example {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body: string;
  readonly answer: unknown;
}

/** Requests of the page that an answer follows. */
function examples(): readonly Example[] {
  const form = /```http\n(GET|POST) (\S+)\n(?:\n([\s\S]*?))?```\n\n```json\n([\s\S]*?)```/g;
  return [...page.matchAll(form)].map(([, method, path = '', body = '', answer = '']) => ({
    method: method === 'POST' ? 'POST' : 'GET',
    path,
    body,
    answer: JSON.parse(answer),
  }));
}

/** What an answer says, with all that no two runs share levelled: times, ids, ports and measures. */
function levelled(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => levelled(item));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, levelled(item, key)]));
  }
  if (['version', 'bytes', 'records', 'durationMs', 'inputBytes'].includes(name)) return typeof value;
  if (typeof value !== 'string') return value;
  return value
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g, 'UUID')
    .replaceAll(/127\.0\.0\.1:\d+/g, 'HOST')
    .replaceAll(/\b\d{16}(-\d+)?\b/g, 'ID');
}

/** The bus that the page tells of; answers the id of its event. */
async function documentedBus(t: Parameters<typeof startTestBus>[0]): Promise<[TestBus, string]> {
  const bus = await startTestBus(t, { clock: new HandClock(Date.UTC(2026, 0, 2, 3, 4, 5)) });
  const hook = await startEndpoint(t);
  const broken = await startEndpoint(t, () => ({ status: 400, body: 'no such order' }));
  const call = (operation: string, body: object) => bus.call(operation, body, CALLER);
  await call('CreateEventBus', { Name: 'warehouse' });
  await call('PutRule', {
    Name: 'big-orders',
    EventPattern: '{"detail":{"total":[{"numeric":[">=",100]}]}}',
  });
  await call('PutRule', { Name: 'all-orders', EventPattern: '{"source":["shop"]}', State: 'DISABLED' });
  await call('PutRule', {
    Name: 'picks',
    EventBusName: 'warehouse',
    EventPattern: '{"source":["warehouse"]}',
  });
  const Targets = [
    { Id: 'hook', Arn: new URL('orders', hook.url).href },
    { Id: 'broken', Arn: new URL('broken', broken.url).href },
  ];
  await call('PutTargets', { Rule: 'big-orders', Targets });
  const { json } = await call('PutEvents', {
    Entries: [{ Source: 'shop', DetailType: 'Order placed', Detail: '{"total":250}' }],
  });
  await until(async () => {
    const { deliveries } = await health(bus);
    return deliveries.failed === 1 && deliveries.owed === 0;
  });
  const [entry] = json.Entries as { EventId: string }[];
  return [bus, entry?.EventId ?? ''];
}

test('every example of the page is answered as the page says', async (t) => {
  const [bus, eventId] = await documentedBus(t);
  const { failed } = (await (await askAdmin(bus.url, '/_busbar/failed', CALLER)).json()) as {
    failed: { id: string }[];
  };
  const documentedFailure = '0000000000000002';
  const ours = (text: string) =>
    text.replaceAll(DOCUMENTED_EVENT, eventId).replaceAll(documentedFailure, failed[0]?.id ?? '');
  const all = examples();
  assert.ok(all.length >= 8, `${all.length} examples found`);
  for (const { method, path, body, answer } of all) {
    // So that there is something to wait for.
    if (path === '/_busbar/clock') {
      await bus.call('PutRule', { Name: 'daily', ScheduleExpression: 'rate(1 day)' }, CALLER);
    }
    const response = await askAdmin(bus.url, ours(path), { method, body: ours(body), ...CALLER });
    const text = await response.text();
    assert.ok(response.ok, `${method} ${path}: ${text}`);
    assert.deepEqual(levelled(JSON.parse(text)), levelled(answer), `${method} ${path}`);
  }
});

test('live events look as the page says', async (t) => {
  const [bus] = await documentedBus(t);
  const [, path = ''] = /GET (\/_busbar\/tail\?\S+)/.exec(page) ?? [];
  const stream = await openStream(bus.url, encodeURI(path), CALLER);
  const kinds = ['event', 'attempt', 'delivery'];
  for (const kind of kinds) {
    const [, documented = ''] = new RegExp(`event: ${kind}\\ndata: (.*)\\n`).exec(page) ?? [];
    const [sent] = await stream.take(1, kind);
    const names = (value: unknown) => Object.keys(value as object).sort();
    // The event itself is cut short on the page.
    const cut = documented.replace(/,…\}\}$/, '}}');
    assert.deepEqual(names(sent?.data), names(JSON.parse(cut)), kind);
  }
  stream.close();
});

test('the page names every address with its action, and no other', () => {
  const rows = [...page.matchAll(/^\| `(GET|POST) (\S+)` \| (?:`busbar:(\w+)`|\(everybody may ask\)) \|/gm)];
  const documented = rows.map(([, method, path, action]) => `${method} ${path} ${action}`).sort();
  const served = adminRoutes.map(({ method, path, action }) => `${method} ${path} ${action}`).sort();
  assert.deepEqual(documented, served);
});
