import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { HandClock } from '../src/domain/clock.ts';
import { startEndpoint } from './http-endpoint.ts';
import { startQueues } from './queue.ts';
import { startTestBus } from './running-bus.ts';
import { untilSettled } from './transform-settled.ts';

/** What AWS answered or delivered for a target, as it was observed. */
interface Case {
  readonly id: string;
  /** Names one of the events. */
  readonly event: string;
  /** Input, InputPath or InputTransformer, or none of them. */
  readonly target: object;
  readonly expect: /** Where the spacing is unknown, AWS's answer was kept as parsed JSON. */
    | { readonly kind: 'delivered'; readonly text: string; readonly spacing?: 'unknown' }
    | { readonly kind: 'nothing' }
    /** What arrived in the dead-letter queue, where there was one. */
    | { readonly kind: 'invalid'; readonly text?: string }
    | { readonly kind: 'refused'; readonly message: string };
}

interface Cases {
  readonly ruleArn: string;
  readonly ingestedAt: string;
  readonly targetId: string;
  readonly events: Readonly<Record<string, string>>;
  readonly cases: readonly Case[];
}

// The one cast at the door: the file is ours.
const { ruleArn, ingestedAt, targetId, events, cases } = JSON.parse(
  readFileSync(new URL('./data/target-inputs.json', import.meta.url), 'utf8'),
) as Cases;

const [, , , region = '', account = '', path = ''] = ruleArn.split(':');
const [, busName = '', ruleName = ''] = path.split('/');

test('every target gets what AWS delivers, and is refused where AWS refuses it', async (t) => {
  const queues = await startQueues(t);
  const dead = await queues.create('dead');
  const endpoint = await startEndpoint(t);
  const clock = new HandClock(Date.parse(ingestedAt));
  const bus = await startTestBus(t, { endpoints: { SQS: queues.url }, clock });
  const call = (operation: string, body: object) => bus.call(operation, body, { account, region });
  await call('CreateEventBus', { Name: busName });
  const rule = { Name: ruleName, EventBusName: busName, EventPattern: `{"account":["${account}"]}` };
  await call('PutRule', rule);

  const put = async (target: object) =>
    call('PutTargets', {
      Rule: ruleName,
      EventBusName: busName,
      Targets: [{ Id: targetId, Arn: endpoint.url, DeadLetterConfig: { Arn: dead.arn }, ...target }],
    });

  /** Sends the event, and returns it with the id that it got. */
  const send = async (text: string) => {
    const event = JSON.parse(text);
    const { json } = await call('PutEvents', {
      Entries: [
        {
          EventBusName: busName,
          Time: Date.parse(event.time) / 1000,
          Source: event.source,
          DetailType: event['detail-type'],
          Detail: JSON.stringify(event.detail),
        },
      ],
    });
    const [entry] = json.Entries as { EventId: string }[];
    return { caseId: event.id as string, eventId: entry?.EventId ?? '' };
  };

  const run = {
    async delivered(event: string, expected: { text: string; spacing?: 'unknown' }) {
      const before = endpoint.received.length;
      const { caseId, eventId } = await send(event);
      await endpoint.arrived(before + 1);
      const body = (endpoint.received[before]?.body ?? '').replaceAll(eventId, caseId);
      if (expected.spacing === 'unknown') assert.deepEqual(JSON.parse(body), JSON.parse(expected.text));
      else assert.equal(body, expected.text);
    },
    async nothing(event: string) {
      const before = endpoint.received.length;
      await send(event);
      const { failed } = await untilSettled(bus.url);
      assert.deepEqual([endpoint.received.length, failed], [before, 0]);
    },
    async invalid(event: string, { text }: { text?: string }) {
      const before = endpoint.received.length;
      const { caseId, eventId } = await send(event);
      const [message] = await dead.receive(1);
      if (text !== undefined) assert.equal(message?.Body?.replaceAll(eventId, caseId), text);
      const attributes = Object.entries(message?.MessageAttributes ?? {}).map(([name, value]) => [
        name,
        value.StringValue,
      ]);
      assert.deepEqual(Object.fromEntries(attributes), {
        RULE_ARN: ruleArn,
        TARGET_ARN: endpoint.url,
        ERROR_CODE: 'INVALID_JSON',
        ERROR_MESSAGE: 'Invalid input for target.',
      });
      assert.equal(endpoint.received.length, before);
    },
  };

  const counts = { delivered: 0, nothing: 0, invalid: 0, refused: 0 };
  for (const { id, event, target, expect } of cases) {
    await t.test(`${id}: ${expect.kind}`, async () => {
      const { status, json } = await put(target);
      if (expect.kind === 'refused') {
        assert.deepEqual([status, json], [400, { __type: 'ValidationException', message: expect.message }]);
      } else {
        assert.equal(status, 200, String(json.message));
        const text = events[event] ?? '';
        if (expect.kind === 'delivered') await run.delivered(text, expect);
        else if (expect.kind === 'invalid') await run.invalid(text, expect);
        else await run.nothing(text);
      }
      counts[expect.kind]++;
    });
  }
  assert.deepEqual(counts, { delivered: 46, nothing: 1, invalid: 9, refused: 18 });
});
