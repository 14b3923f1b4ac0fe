import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adminJson } from '../../../test/admin-client.ts';
import { startTestBus, type TestBus } from '../../../test/running-bus.ts';

const PATH = '/_busbar/explain';

interface Verdict {
  readonly ruleName: string;
  readonly matches: boolean;
  readonly obstacles: readonly { readonly kind: string; readonly reason: string }[];
}

interface Explained {
  readonly eventBusArn?: string;
  readonly ruleCount: number;
  readonly matchCount: number;
  readonly rules: readonly Verdict[];
}

const ask = async (bus: TestBus, body: unknown) =>
  (await adminJson(bus.url, PATH, { method: 'POST', body })) as unknown as Explained;
const refusal = async (bus: TestBus, body: unknown, status: number) =>
  String((await adminJson(bus.url, PATH, { method: 'POST', body, status })).message);
const kinds = ({ rules }: Explained) =>
  rules.map(({ ruleName, obstacles }) => [ruleName, ...obstacles.map(({ kind }) => kind)].join(' '));

async function shop(bus: TestBus): Promise<void> {
  const rule = (Name: string, EventPattern: object, more: object = {}) =>
    bus.call('PutRule', { Name, EventPattern: JSON.stringify(EventPattern), ...more });
  await bus.call('CreateEventBus', { Name: 'other' });
  await rule('fits', { source: ['shop'] });
  await rule('off', { source: ['shop'] }, { State: 'DISABLED' });
  await rule('elsewhere', { source: ['shop'] }, { EventBusName: 'other' });
  await rule('one-wrong', { source: ['shop'], 'detail-type': ['Refund'] });
  await rule('two-wrong', { source: ['bank'], 'detail-type': ['Refund'] });
  await bus.call('PutRule', { Name: 'clockwork', ScheduleExpression: 'rate(1 day)' });
}

const event = {
  id: 'x',
  source: 'shop',
  'detail-type': 'Order',
  account: '111111111111',
  time: '2026-01-02T03:04:05Z',
  region: 'eu-central-1',
  detail: {},
};

test('all rules of all buses are told, the nearest first', async (t) => {
  const bus = await startTestBus(t);
  await shop(bus);
  const { json } = await bus.call('PutEvents', {
    Entries: [{ Source: 'shop', DetailType: 'Order', Detail: '{}' }],
  });
  const [{ EventId: eventId } = { EventId: '' }] = json.Entries as { EventId: string }[];
  const explained = await ask(bus, { eventId });
  assert.equal(explained.eventBusArn, 'arn:aws:events:eu-central-1:111111111111:event-bus/default');
  assert.deepEqual([explained.ruleCount, explained.matchCount], [6, 1]);
  assert.deepEqual(kinds(explained), [
    'fits',
    'off disabled',
    'one-wrong pattern',
    'elsewhere wrong-bus',
    'two-wrong pattern',
    'clockwork no-pattern',
  ]);
  const reasons = explained.rules.map(({ obstacles }) => obstacles[0]?.reason);
  assert.equal(reasons[2], 'detail-type: Found "Order"; the pattern asks for a value that is "Refund".');
  assert.equal(reasons[3], 'The rule watches the event bus other; the event came to default.');
  const few = await ask(bus, { eventId, max: 1 });
  assert.deepEqual([few.ruleCount, few.rules.length], [6, 1]);
});

test('an event that is given counts for every bus, unless one is named', async (t) => {
  const bus = await startTestBus(t);
  await shop(bus);
  assert.deepEqual(kinds(await ask(bus, { event, rule: 'elsewhere' })), ['elsewhere']);
  const named = await ask(bus, { event: JSON.stringify(event), bus: 'default', rule: 'elsewhere' });
  assert.deepEqual(kinds(named), ['elsewhere wrong-bus']);
  const arn = 'arn:aws:events:eu-central-1:111111111111:rule/other/elsewhere';
  assert.deepEqual(kinds(await ask(bus, { event, rule: arn })), ['elsewhere']);
});

test('the wrong account and the wrong region are named', async (t) => {
  const bus = await startTestBus(t);
  await bus.call(
    'PutRule',
    { Name: 'far', EventPattern: '{"source":["shop"]}' },
    { account: '222222222222', region: 'us-east-1' },
  );
  const explained = await ask(bus, { event, bus: 'default' });
  assert.deepEqual(kinds(explained), ['far wrong-account wrong-region']);
  assert.match(
    explained.rules[0]?.obstacles[0]?.reason ?? '',
    /of account 222222222222; .* account 111111111111/,
  );
});

test('numbers of the event keep their digits', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('PutRule', { Name: 'r', EventPattern: '{"detail":{"n":[12345678901234567890]}}' });
  const body = '{"event":{"detail":{"n":12345678901234567890}}}';
  assert.deepEqual(kinds(await ask(bus, body)), ['r']);
  const other = '{"event":{"detail":{"n":12345678901234567891}}}';
  assert.deepEqual(kinds(await ask(bus, other)), ['r pattern']);
});

test('a pattern is explained by itself, and held against an event', async (t) => {
  const bus = await startTestBus(t);
  const post = (body: unknown) => adminJson(bus.url, PATH, { method: 'POST', body });
  const described = await post({ pattern: { source: ['shop'], detailType: ['Order'] } });
  assert.equal(described.valid, true);
  assert.equal(described.canMatch, false);
  assert.equal(described.complexityLimit, 10);
  assert.match(String(described.text), /source has a value that is "shop"/);
  const held = await post({ pattern: '{"source":["shop"]}', event });
  assert.equal(held.matches, true);
  const broken = await post({ pattern: { source: 'shop' } });
  assert.equal(broken.valid, false);
  assert.match(String(broken.message), /^Event pattern is not valid\. Reason: "source" must be an object/);
  assert.match(String(broken.hint), /Values are written as a list/);
});

test('what can not be explained is refused', async (t) => {
  const bus = await startTestBus(t);
  assert.match(await refusal(bus, 'x', 400), /The body must be a JSON object/);
  assert.match(await refusal(bus, '[]', 400), /The body must be a JSON object/);
  assert.match(await refusal(bus, {}, 400), /Give the event to explain/);
  assert.match(await refusal(bus, { evnt: {} }, 400), /There is no member "evnt"/);
  assert.match(await refusal(bus, { event, eventId: 'x' }, 400), /not both/);
  assert.match(await refusal(bus, { event, max: 0 }, 400), /max must be/);
  assert.match(await refusal(bus, { event, rule: 5 }, 400), /rule must be a string/);
  assert.match(await refusal(bus, { eventId: 'nobody' }, 404), /Of an event nobody nothing is known/);
  assert.match(await refusal(bus, { event, rule: 'none' }, 404), /There is no rule none/);
  await bus.call('PutRule', { Name: 'r', EventPattern: '{"source":["shop"]}' });
  assert.match(await refusal(bus, { event: [1] }, 400), /object/);
});
