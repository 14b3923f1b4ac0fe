import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';
import { adminJson } from '../../../test/admin-client.ts';
import { openStream, type Sent } from '../../../test/event-stream.ts';
import { startEndpoint } from '../../../test/http-endpoint.ts';
import { startTestBus, type TestBus } from '../../../test/running-bus.ts';
import { until } from '../../../test/until.ts';
import { HandClock } from '../../domain/clock.ts';

const START = Date.UTC(2026, 0, 2, 3, 4, 5);

async function put(
  bus: TestBus,
  entries: readonly object[],
  caller?: { readonly account: string; readonly region: string },
): Promise<readonly string[]> {
  const Entries = entries.map((entry) => ({ Source: 'shop', DetailType: 'T', Detail: '{}', ...entry }));
  const { json } = await bus.call('PutEvents', { Entries }, caller);
  return (json.Entries as { EventId: string }[]).map(({ EventId }) => EventId);
}

const eventIds = (sent: readonly Sent[]) => sent.map(({ data }) => (data as { eventId: string }).eventId);
const query = (parameters: Record<string, string>) =>
  `/_busbar/tail?${new URLSearchParams(parameters)}`.replaceAll('+', '%20');

test('events of the bus that match come as they happen, and no others', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreateEventBus', { Name: 'other' });
  const all = await openStream(bus.url, '/_busbar/tail');
  const some = await openStream(bus.url, query({ pattern: '{"detail":{"n":[{"numeric":[">",1]}]}}' }));
  const other = await openStream(bus.url, query({ bus: 'other' }));
  const every = await openStream(bus.url, query({ bus: '*' }));
  const [one = '', two = ''] = await put(bus, [{ Detail: '{"n": 1}' }, { Detail: '{\n"n":\r\n2.50}' }]);
  await put(bus, [{}], { account: '111111111111', region: 'us-east-1' });
  await put(bus, [{}], { account: '222222222222', region: 'eu-central-1' });
  const [three = ''] = await put(bus, [{ EventBusName: 'other' }]);
  const [four = ''] = await put(bus, [{ Detail: '{"n":4}' }]);
  assert.deepEqual(eventIds(await all.take(3, 'event')), [one, two, four]);
  const [first, second] = await some.take(2, 'event');
  assert.deepEqual(eventIds([first, second] as Sent[]), [two, four]);
  assert.deepEqual(eventIds(await other.take(1, 'event')), [three]);
  assert.deepEqual(eventIds(await every.take(4, 'event')), [one, two, three, four]);
  const { event, rules, eventBusArn } = (first?.data ?? {}) as Record<string, unknown>;
  assert.deepEqual((event as { detail: unknown }).detail, { n: 2.5 });
  assert.deepEqual(rules, []);
  assert.equal(eventBusArn, 'arn:aws:events:eu-central-1:111111111111:event-bus/default');
  for (const stream of [all, some, other, every]) stream.close();
});

test('what becomes of the events is told where it is asked for', async (t) => {
  const bus = await startTestBus(t);
  const hook = await startEndpoint(t, () => ({ status: 200, body: 'thanks' }));
  await bus.call('PutRule', { Name: 'r', EventPattern: '{"source":["shop"]}' });
  await bus.call('PutTargets', { Rule: 'r', Targets: [{ Id: 'hook', Arn: hook.url }] });
  const stream = await openStream(
    bus.url,
    query({ deliveries: 'true', pattern: '{"detail-type":["wanted"]}' }),
  );
  const [id] = (await put(bus, [{}, { DetailType: 'wanted' }])).slice(1);
  const ruleArn = 'arn:aws:events:eu-central-1:111111111111:rule/r';
  const seen = [await stream.next(), await stream.next(), await stream.next()];
  assert.deepEqual(
    seen.map((sent) => sent?.event),
    ['event', 'attempt', 'delivery'],
  );
  const [event, attempt, delivery] = seen.map((sent) => sent?.data as Record<string, unknown>);
  assert.deepEqual(event?.rules, [ruleArn]);
  assert.equal((attempt?.attempt as { response: string } | undefined)?.response, 'thanks');
  const { at, ...rest } = delivery ?? {};
  assert.ok(!Number.isNaN(Date.parse(String(at))));
  assert.deepEqual(rest, {
    eventId: id,
    eventBusArn: event?.eventBusArn,
    ruleArn,
    targetId: 'hook',
    targetArn: hook.url,
    state: 'delivered',
  });
  stream.close();
});

test('who asks for the past gets it, and then goes on', async (t) => {
  const clock = new HandClock(START);
  const bus = await startTestBus(t, { clock });
  await put(bus, [{}]);
  clock.advance(60_000);
  const [late = ''] = await put(bus, [{}]);
  clock.advance(60_000);
  const byAge = await openStream(bus.url, query({ since: '90s' }));
  const byTime = await openStream(bus.url, query({ since: new Date(START + 1).toISOString() }));
  const [now = ''] = await put(bus, [{}]);
  assert.deepEqual(eventIds(await byAge.take(2, 'event')), [late, now]);
  assert.deepEqual(eventIds(await byTime.take(2, 'event')), [late, now]);
  byAge.close();
  byTime.close();
});

test('who comes back with its last id misses nothing, however often it is cut off', async (t) => {
  const bus = await startTestBus(t);
  const sent: string[] = [];
  const putting = (async () => {
    for (let n = 0; n < 200; n += 1) sent.push(...(await put(bus, [{}, {}, {}])));
  })();
  const seen: string[] = [];
  let lastId = '';
  while (seen.length < 600) {
    const headers: Record<string, string> = lastId === '' ? {} : { 'Last-Event-ID': lastId };
    const stream = await openStream(bus.url, query({ since: '1h' }), { headers });
    const events = await stream.take(Math.min(25, 600 - seen.length), 'event');
    stream.close();
    seen.push(...eventIds(events));
    lastId = events.at(-1)?.id ?? '';
  }
  await putting;
  assert.deepEqual(seen, sent);
});

test('who comes back too late, or to another process, is told so', async (t) => {
  const bus = await startTestBus(t, { limits: { timelineRecords: 5 } });
  await put(bus, [{}]);
  const stream = await openStream(bus.url, query({ since: '1h' }));
  const [first] = await stream.take(1, 'event');
  stream.close();
  for (let n = 0; n < 10; n += 1) await put(bus, [{}]);
  const comeBack = async (id: string) => {
    const again = await openStream(bus.url, '/_busbar/tail', { headers: { 'Last-Event-ID': id } });
    const answer = [await again.next(), await again.next()];
    again.close();
    return answer.map((sent) => [sent?.event, sent?.data] as const);
  };
  const [late, next] = await comeBack(String(first?.id));
  assert.deepEqual(late, ['missed', { records: 5, reason: 'too-old' }]);
  assert.equal(next?.[0], 'event');
  const [other] = await comeBack('0123456789ab-3');
  assert.deepEqual(other, ['missed', { reason: 'restarted' }]);
});

test('a reader that does not keep up is told what it missed, and costs nobody else', async (t) => {
  const bus = await startTestBus(t, { limits: { timelineRecords: 50 } });
  const path = query({ bus: 'arn:aws:events:eu-central-1:111111111111:event-bus/default' });
  const slow = request(new URL(path, bus.url));
  const missed = new Promise<string>((resolve, reject) => {
    slow
      .on('response', async (response) => {
        response.setEncoding('utf8').pause();
        const Detail = JSON.stringify({ text: 'x'.repeat(50_000) });
        // More than the two ends of a connection hold for each other.
        for (let n = 0; n < 300; n += 1) await put(bus, Array(5).fill({ Detail }));
        let text = '';
        response.on('data', (chunk: string) => {
          text = text.slice(-200) + chunk;
          const [, data] = /event: missed\ndata: (.*)\n\n/.exec(text) ?? [];
          if (data !== undefined) resolve(data);
        });
        response.resume();
      })
      .on('error', reject)
      .end();
  });
  const { records, reason } = JSON.parse(await missed) as { records: number; reason: string };
  slow.destroy();
  assert.equal(reason, 'too-slow');
  assert.ok(records > 0 && records < 1500, `${records}`);
});

test('there are only so many readers, until one goes', async (t) => {
  const bus = await startTestBus(t, { limits: { tailReaders: 2 } });
  const [one] = [await openStream(bus.url, '/_busbar/tail'), await openStream(bus.url, '/_busbar/tail')];
  await assert.rejects(openStream(bus.url, '/_busbar/tail'), /503: .*2 readers follow events already/);
  one.close();
  await until(async () => {
    try {
      (await openStream(bus.url, '/_busbar/tail')).close();
      return true;
    } catch {
      return false;
    }
  });
});

test('a line on which nothing happens shows that it stands', async (t) => {
  const clock = new HandClock(START);
  const bus = await startTestBus(t, { clock });
  const stream = await openStream(bus.url, '/_busbar/tail');
  const [id] = await put(bus, [{}]);
  assert.deepEqual(eventIds(await stream.take(1, 'event')), [id]);
  const beat = stream.next();
  await until(async () => clock.nextWake() === START + 15_000);
  clock.advance(15_000);
  assert.deepEqual(await beat, { data: 'still here' });
  stream.close();
});

test('a stop says goodbye to its readers and does not wait for them', async (t) => {
  const bus = await startTestBus(t);
  const stream = await openStream(bus.url, '/_busbar/tail');
  const closing = bus.close();
  assert.deepEqual(await stream.next(), { id: undefined, event: 'end', data: { reason: 'stopping' } });
  assert.equal(await stream.next(), undefined);
  await closing;
});

test('what can not be followed is refused', async (t) => {
  const bus = await startTestBus(t);
  const refusal = async (parameters: Record<string, string>, status: number) =>
    String((await adminJson(bus.url, query(parameters), { status })).message);
  assert.match(await refusal({ bus: 'nowhere' }, 404), /Event bus nowhere does not exist/);
  assert.match(await refusal({ pattern: '{"a":1}' }, 400), /Event pattern is not valid/);
  assert.match(await refusal({ since: 'yesterday' }, 400), /since is an ISO time or an age such as 10m/);
  assert.match(await refusal({ deliveries: 'maybe' }, 400), /deliveries is true or false/);
  const deaf = await startTestBus(t, { limits: { timelineBytes: 0 } });
  await adminJson(deaf.url, '/_busbar/tail', { status: 409 });
});
