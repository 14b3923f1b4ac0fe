import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adminJson, askAdmin } from '../../../test/admin-client.ts';
import { type Behaviour, startEndpoint } from '../../../test/http-endpoint.ts';
import { startTestBus, type TestBus } from '../../../test/running-bus.ts';
import { until } from '../../../test/until.ts';
import { HandClock } from '../../domain/clock.ts';

const START = Date.UTC(2026, 0, 2, 3, 4, 5);

interface Story {
  readonly receipts: readonly {
    readonly resumed?: boolean;
    readonly rules: readonly string[];
    readonly deliveries: readonly {
      readonly state: string;
      readonly attempts: readonly Record<string, unknown>[];
      readonly error?: { readonly code: string };
    }[];
  }[];
}

async function put(bus: TestBus, detail = '{"n":12345678901234567890.0}'): Promise<string> {
  const { json } = await bus.call('PutEvents', {
    Entries: [{ Source: 'shop', DetailType: 'Order placed', Detail: detail }],
  });
  const [entry] = json.Entries as { EventId: string }[];
  return entry?.EventId ?? '';
}

async function rule(bus: TestBus, targets: readonly object[]): Promise<void> {
  await bus.call('PutRule', { Name: 'orders', EventPattern: '{"source":["shop"]}' });
  await bus.call('PutTargets', { Rule: 'orders', Targets: targets });
}

const storyOf = async (bus: TestBus, id: string) =>
  (await adminJson(bus.url, `/_busbar/events/${id}`)) as unknown as Story;

/** The event's story once each of its deliveries is in one of the states. */
async function settled(bus: TestBus, id: string, ...states: readonly string[]): Promise<Story> {
  let story = await storyOf(bus, id);
  await until(async () => {
    story = await storyOf(bus, id);
    return story.receipts.every(({ deliveries }) => deliveries.every(({ state }) => states.includes(state)));
  });
  return story;
}

test('the timeline tells receipt, rules, attempts and end', async (t) => {
  const bus = await startTestBus(t, { clock: new HandClock(START) });
  const behaviours: Record<string, Behaviour> = {
    fine: () => ({ status: 200, body: 'thanks' }),
    broken: () => ({ status: 400, body: 'no such order' }),
  };
  const fine = await startEndpoint(t, behaviours.fine);
  const broken = await startEndpoint(t, behaviours.broken);
  await rule(bus, [
    { Id: 'fine', Arn: fine.url },
    { Id: 'broken', Arn: broken.url },
  ]);
  const id = await put(bus);
  const story = await settled(bus, id, 'delivered', 'failed');
  const bytes = Buffer.byteLength(fine.received[0]?.body ?? '');
  const at = '2026-01-02T03:04:05.000Z';
  const ruleArn = 'arn:aws:events:eu-central-1:111111111111:rule/orders';
  const failure = { code: 'SDK_CLIENT_ERROR', message: 'The endpoint answered 400: no such order' };
  const attempt = { number: 1, startedAt: at, durationMs: 0, inputBytes: bytes };
  assert.deepEqual(story, {
    eventId: id,
    receipts: [
      {
        eventBusArn: 'arn:aws:events:eu-central-1:111111111111:event-bus/default',
        receivedAt: at,
        account: '111111111111',
        source: 'shop',
        detailType: 'Order placed',
        event: JSON.parse(fine.received[0]?.body ?? ''),
        rules: [ruleArn],
        deliveries: [
          {
            ruleArn,
            targetId: 'fine',
            targetArn: fine.url,
            state: 'delivered',
            attempts: [{ ...attempt, outcome: 'delivered', status: 200, response: 'thanks' }],
            endedAt: at,
          },
          {
            ruleArn,
            targetId: 'broken',
            targetArn: broken.url,
            state: 'failed',
            attempts: [
              { ...attempt, outcome: 'permanent', status: 400, response: 'no such order', error: failure },
            ],
            endedAt: at,
            error: failure,
          },
        ],
      },
    ],
  });
});

test('numbers of the event keep their digits', async (t) => {
  const bus = await startTestBus(t);
  const id = await put(bus);
  const text = await (await askAdmin(bus.url, `/_busbar/events/${id}`)).text();
  assert.match(text, /"detail":\{"n":12345678901234567890\.0\}/);
});

test('an event that matches nothing has a story too, and one that waits says until when', async (t) => {
  const clock = new HandClock(START);
  const bus = await startTestBus(t, { clock, random: () => 0.5 });
  const lonely = await storyOf(bus, await put(bus));
  assert.deepEqual(
    lonely.receipts.map(({ rules, deliveries }) => [rules, deliveries]),
    [[[], []]],
  );
  const down = await startEndpoint(t, () => ({ status: 503 }));
  await rule(bus, [{ Id: 'down', Arn: down.url }]);
  const story = await settled(bus, await put(bus), 'retrying');
  const delivery = story.receipts[0]?.deliveries[0] as unknown as Record<string, string>;
  assert.ok(Date.parse(delivery.nextAttemptAt ?? '') > START);
  assert.equal(delivery.endedAt, undefined);
});

test('an event that nobody knows is told how long timelines are kept', async (t) => {
  const bus = await startTestBus(t);
  const { message } = await adminJson(bus.url, '/_busbar/events/nobody', { status: 404 });
  assert.match(String(message), /Of an event nobody nothing is known .* for 48 hours at most/);
  await adminJson(bus.url, '/_busbar/events/x?format=xml', { status: 404 });
  const id = await put(bus);
  await adminJson(bus.url, `/_busbar/events/${id}?format=xml`, { status: 400 });
  await adminJson(bus.url, `/_busbar/events/${id}?format=aws-log&level=LOUD`, { status: 400 });
});

test('without a timeline nothing is remembered', async (t) => {
  const bus = await startTestBus(t, { limits: { timelineBytes: 0 } });
  await adminJson(bus.url, `/_busbar/events/${await put(bus)}`, { status: 404 });
});

test("the same as AWS's event bus logs, at each level", async (t) => {
  const bus = await startTestBus(t, { clock: new HandClock(START) });
  const broken = await startEndpoint(t, () => ({ status: 400, body: 'no' }));
  await rule(bus, [{ Id: 'broken', Arn: broken.url }]);
  const id = await put(bus);
  await settled(bus, id, 'failed');
  const logAt = async (level: string) => {
    const response = await askAdmin(bus.url, `/_busbar/events/${id}?format=aws-log&level=${level}`);
    assert.equal(response.headers.get('content-type'), 'application/x-ndjson');
    const lines = (await response.text()).trimEnd().split('\n');
    return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  };
  const types = async (level: string) => (await logAt(level)).map((record) => record.message_type);
  const errors = ['INVOCATION_ATTEMPT_PERMANENT_FAILURE', 'INVOCATION_FAILURE'];
  assert.deepEqual(await types('ERROR'), errors);
  assert.deepEqual(await types('INFO'), [
    'EVENT_INGEST_SUCCESS',
    'RULE_MATCH',
    'INVOCATION_START',
    ...errors,
  ]);
  assert.deepEqual(await types('TRACE'), [
    'EVENT_RECEIPT',
    'EVENT_INGEST_SUCCESS',
    'RULE_MATCH_START',
    'RULE_MATCH',
    'INVOCATION_START',
    'INVOCATION_ATTEMPT_START',
    ...errors,
  ]);
  const [, , , match, , , attempt] = await logAt('TRACE');
  const [receipt] = await logAt('TRACE');
  const resource_arn = 'arn:aws:events:eu-central-1:111111111111:event-bus/default';
  assert.deepEqual(receipt, {
    resource_arn,
    event_id: id,
    message_timestamp_ms: START,
    message_type: 'EVENT_RECEIPT',
    log_level: 'TRACE',
    details: {
      caller_account_id: '111111111111',
      source_time_ms: START,
      source: 'shop',
      detail_type: 'Order placed',
      resources: [],
      event_detail: '{"n":12345678901234567890.0}',
    },
  });
  const { invocation_ids } = (match?.details ?? {}) as { invocation_ids: string[] };
  assert.deepEqual(attempt, {
    resource_arn,
    event_id: id,
    invocation_id: invocation_ids[0],
    message_timestamp_ms: START,
    message_type: 'INVOCATION_ATTEMPT_PERMANENT_FAILURE',
    log_level: 'ERROR',
    details: {
      rule_arn: 'arn:aws:events:eu-central-1:111111111111:rule/orders',
      target_arn: broken.url,
      attempt_count: 1,
      attempt_type: 'FIRST',
      invocation_status: 'PERMANENT_FAILURE',
      target_duration_ms: 0,
      target_response_body: 'no',
    },
    error: {
      http_status_code: 400,
      error_message: 'The endpoint answered 400: no',
      aws_service: 'busbar',
    },
  });
});
