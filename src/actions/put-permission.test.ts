import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus, type TestBus } from '../../test/running-bus.ts';

const ARN = 'arn:aws:events:eu-central-1:111111111111:event-bus/default';
const single = { Action: 'events:PutEvents', Principal: '222222222222', StatementId: 'one' };

function statement(Sid: string, Principal: unknown) {
  return { Sid, Effect: 'Allow', Principal, Action: 'events:PutEvents', Resource: ARN };
}

function policy(...Statement: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

async function shown(bus: TestBus, Name = 'default'): Promise<unknown> {
  return (await bus.call('DescribeEventBus', { Name })).json.Policy;
}

test('serialization: the document as AWS writes it, each principal in its own form', async (t) => {
  const bus = await startTestBus(t);
  const { status, text } = await bus.call('PutPermission', single);
  assert.deepEqual([status, text], [200, '']);
  const condition = { Type: 'StringEquals', Key: 'aws:PrincipalOrgID', Value: 'o-1234567890' };
  await bus.call('PutPermission', { ...single, StatementId: 'two', Principal: '*', Condition: condition });
  assert.equal(
    await shown(bus),
    '{"Version":"2012-10-17","Statement":[' +
      `{"Sid":"one","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::222222222222:root"},"Action":"events:PutEvents","Resource":"${ARN}"},` +
      `{"Sid":"two","Effect":"Allow","Principal":"*","Action":"events:PutEvents","Resource":"${ARN}","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-1234567890"}}}]}`,
  );
});

test('serialization: a whole policy comes back as it was put, in descriptions and lists', async (t) => {
  const bus = await startTestBus(t);
  const Policy = policy({ ...statement('s', { AWS: '222222222222' }), Action: ['events:*'] });
  await bus.call('PutPermission', { Policy });
  assert.equal(await shown(bus), Policy);
  const { EventBuses } = (await bus.call('ListEventBuses', {})).json;
  assert.deepEqual(
    (EventBuses as { Policy?: string }[]).map((item) => item.Policy),
    [Policy],
  );
});

test('validation: an unknown event bus', async (t) => {
  const bus = await startTestBus(t);
  const { json } = await bus.call('PutPermission', { ...single, EventBusName: 'nope' });
  assert.deepEqual(json, {
    __type: 'ResourceNotFoundException',
    message: 'Event bus nope does not exist.',
  });
});

test('validation: one way or the other, whole', async (t) => {
  const bus = await startTestBus(t);
  const cases: readonly (readonly [object, string])[] = [
    [{}, 'Parameter(s) Action, Principal and StatementId must be specified.'],
    [
      { ...single, Principal: undefined },
      'Parameter(s) Action, Principal and StatementId must be specified.',
    ],
    [
      { ...single, Policy: policy(statement('s', '*')) },
      'Parameter Policy must not be combined with StatementId, Action, Principal, or Condition.',
    ],
    [{ ...single, Action: 'events:PutRule' }, "Provided value in parameter 'action' is not supported."],
    [
      { ...single, Condition: { Type: 'StringLike', Key: 'aws:PrincipalOrgID', Value: '*' } },
      "Provided value in parameter 'condition' is not supported.",
    ],
  ];
  for (const [request, message] of cases) {
    const { status, json } = await bus.call('PutPermission', request);
    assert.deepEqual([status, json], [400, { __type: 'ValidationException', message }]);
  }
  assert.equal(await shown(bus), undefined);
});

test('validation: a policy that is none', async (t) => {
  const bus = await startTestBus(t);
  const other = 'arn:aws:events:eu-central-1:111111111111:event-bus/other';
  const cases: readonly (readonly [string, string])[] = [
    ['{', 'This policy contains invalid Json'],
    ['{"Version":"2012-10-17"}', 'Missing required field Statement'],
    [policy({ ...statement('s', '*'), Effect: 'Permit' }), 'Invalid effect: Permit'],
    [policy(statement('s', '*'), statement('s', '*')), 'Statement IDs (SID) must be unique.'],
    [
      policy({ ...statement('s', '*'), Resource: other }),
      `The relative-id "event-bus/other" is invalid for ARN "${other}"`,
    ],
  ];
  for (const [Policy, message] of cases) {
    const { json } = await bus.call('PutPermission', { Policy });
    assert.deepEqual(json, { __type: 'ValidationException', message });
  }
});

test('validation: a policy has no more than 10,240 characters', async (t) => {
  const bus = await startTestBus(t);
  const tooLong = {
    __type: 'PolicyLengthExceededException',
    message: 'Policy size would be larger than the maximum allowed.',
  };
  const sized = (length: number) => {
    const empty = policy(statement('', '*')).length;
    return policy(statement('x'.repeat(length - empty), '*'));
  };
  assert.deepEqual((await bus.call('PutPermission', { Policy: sized(10_241) })).json, tooLong);
  assert.equal((await bus.call('PutPermission', { Policy: sized(10_240) })).status, 200);
  assert.deepEqual((await bus.call('PutPermission', single)).json, tooLong);
});

test('behaviour: a statement takes the place of one with the same id, whichever way that came', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreateEventBus', { Name: 'orders' });
  const Resource = ARN.replace('default', 'orders');
  const rules = {
    Sid: 'rules',
    Effect: 'Allow',
    Principal: '*',
    Action: 'events:ListRules',
    Resource: '*',
  };
  const first = { ...statement('one', '*'), Resource };
  await bus.call('PutPermission', { EventBusName: 'orders', Policy: policy(first, rules) });
  await bus.call('PutPermission', { EventBusName: 'orders', ...single });
  const replaced = { ...first, Principal: { AWS: 'arn:aws:iam::222222222222:root' } };
  assert.equal(await shown(bus, 'orders'), policy(replaced, rules));
  assert.equal(await shown(bus), undefined);
});

test('behaviour: a policy with a lone statement takes another one', async (t) => {
  const bus = await startTestBus(t);
  const lone = statement('lone', '*');
  await bus.call('PutPermission', {
    Policy: JSON.stringify({ Version: '2012-10-17', Id: 'p', Statement: lone }),
  });
  await bus.call('PutPermission', { ...single, Principal: '*' });
  assert.equal(
    await shown(bus),
    JSON.stringify({ Version: '2012-10-17', Id: 'p', Statement: [lone, statement('one', '*')] }),
  );
});

test('behaviour: of statements that come at once none is lost', async (t) => {
  const bus = await startTestBus(t);
  const ids = Array.from({ length: 8 }, (_, index) => `s${index}`);
  const calls = ids.map((StatementId) => bus.call('PutPermission', { ...single, StatementId }));
  assert.ok((await Promise.all(calls)).every(({ status }) => status === 200));
  const { Statement } = JSON.parse(String(await shown(bus)));
  assert.deepEqual(Statement.map(({ Sid }: { Sid: string }) => Sid).sort(), ids);
});
