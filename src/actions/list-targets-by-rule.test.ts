import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus } from '../../test/running-bus.ts';

const Arn = 'http://127.0.0.1:1/';

test('serialization: everything of a target comes back as it was put', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('PutRule', { Name: 'r', EventPattern: '{"source":["a"]}' });
  const target = {
    Id: 'queue',
    Arn: 'arn:aws:sqs:eu-central-1:111111111111:q.fifo',
    Input: '{ "fixed": true }',
    SqsParameters: { MessageGroupId: 'g' },
    DeadLetterConfig: { Arn: 'arn:aws:sqs:eu-central-1:111111111111:dead' },
    RetryPolicy: { MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 60 },
  };
  await bus.call('PutTargets', { Rule: 'r', Targets: [target] });
  assert.deepEqual((await bus.call('ListTargetsByRule', { Rule: 'r' })).json, { Targets: [target] });
});

test('validation: an unknown rule is refused', async (t) => {
  const bus = await startTestBus(t);
  const { json } = await bus.call('ListTargetsByRule', { Rule: 'r' });
  assert.equal(json.message, 'Rule r does not exist on EventBus default.');
});

test('behaviour: pages in the order in which targets were put', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('PutRule', { Name: 'r', EventPattern: '{"source":["a"]}' });
  await bus.call('PutTargets', { Rule: 'r', Targets: ['c', 'a', 'b'].map((Id) => ({ Id, Arn })) });
  const first = (await bus.call('ListTargetsByRule', { Rule: 'r', Limit: 2 })).json;
  assert.deepEqual(first.Targets, [
    { Id: 'c', Arn },
    { Id: 'a', Arn },
  ]);
  const second = (await bus.call('ListTargetsByRule', { Rule: 'r', Limit: 2, NextToken: first.NextToken }))
    .json;
  assert.deepEqual(second, { Targets: [{ Id: 'b', Arn }] });
});

test('behaviour: a page goes on where the last one ended, whatever was removed before it', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('PutRule', { Name: 'r', EventPattern: '{"source":["a"]}' });
  await bus.call('PutTargets', { Rule: 'r', Targets: ['a', 'b', 'c', 'd'].map((Id) => ({ Id, Arn })) });
  const { NextToken } = (await bus.call('ListTargetsByRule', { Rule: 'r', Limit: 2 })).json;
  const rest = async () => {
    const { Targets } = (await bus.call('ListTargetsByRule', { Rule: 'r', NextToken })).json;
    return (Targets as { Id: string }[]).map(({ Id }) => Id);
  };
  await bus.call('RemoveTargets', { Rule: 'r', Ids: ['a'] });
  assert.deepEqual(await rest(), ['c', 'd']);
  await bus.call('RemoveTargets', { Rule: 'r', Ids: ['b'] });
  assert.deepEqual((await rest()).at(-1), 'd');
});
