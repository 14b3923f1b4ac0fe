import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus, type TestBus } from '../../test/running-bus.ts';

const unknown = {
  __type: 'ResourceNotFoundException',
  message: 'Statement with the provided id does not exist.',
};

async function allow(bus: TestBus, StatementId: string): Promise<void> {
  const { status } = await bus.call('PutPermission', {
    Action: 'events:PutEvents',
    Principal: '222222222222',
    StatementId,
  });
  assert.equal(status, 200);
}

async function statementIds(bus: TestBus): Promise<readonly string[] | undefined> {
  const { Policy } = (await bus.call('DescribeEventBus', {})).json;
  if (Policy === undefined) return undefined;
  return JSON.parse(String(Policy)).Statement.map(({ Sid }: { Sid: string }) => Sid);
}

test('serialization: the answer is empty', async (t) => {
  const bus = await startTestBus(t);
  await allow(bus, 'one');
  const { status, text } = await bus.call('RemovePermission', { StatementId: 'one' });
  assert.deepEqual([status, text], [200, '']);
});

test('validation: an unknown statement, with a policy and without one', async (t) => {
  const bus = await startTestBus(t);
  assert.deepEqual((await bus.call('RemovePermission', { StatementId: 'nope' })).json, unknown);
  await allow(bus, 'one');
  const { status, json } = await bus.call('RemovePermission', { StatementId: 'nope' });
  assert.deepEqual([status, json], [400, unknown]);
});

test('validation: an unknown event bus, and nothing to remove', async (t) => {
  const bus = await startTestBus(t);
  const { json } = await bus.call('RemovePermission', { StatementId: 'one', EventBusName: 'nope' });
  assert.deepEqual(json, {
    __type: 'ResourceNotFoundException',
    message: 'Event bus nope does not exist.',
  });
  assert.deepEqual((await bus.call('RemovePermission', {})).json, {
    __type: 'ValidationException',
    message: 'Parameter(s) StatementId or RemoveAllPermissions must be specified.',
  });
});

test('behaviour: one statement goes, and with the last one the policy', async (t) => {
  const bus = await startTestBus(t);
  await allow(bus, 'one');
  await allow(bus, 'two');
  await bus.call('RemovePermission', { StatementId: 'one' });
  assert.deepEqual(await statementIds(bus), ['two']);
  await bus.call('RemovePermission', { StatementId: 'two' });
  assert.equal(await statementIds(bus), undefined);
});

test('behaviour: all of them go at once', async (t) => {
  const bus = await startTestBus(t);
  await allow(bus, 'one');
  await allow(bus, 'two');
  assert.equal((await bus.call('RemovePermission', { RemoveAllPermissions: true })).status, 200);
  assert.equal(await statementIds(bus), undefined);
  assert.equal((await bus.call('RemovePermission', { RemoveAllPermissions: true })).status, 200);
});
