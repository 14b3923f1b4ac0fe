import assert from 'node:assert/strict';
import { test } from 'node:test';
import { invocationOf, startKind, told } from '../../../test/aws-target-suite.ts';
import { createAppSyncTarget } from './appsync.ts';

const graphQLOperation =
  'mutation Add($id: ID!, $amount: Float) { addOrder(id: $id, amount: $amount) { id } }';
const target = {
  arn: 'arn:aws:appsync:eu-central-1:111111111111:endpoints/graphql-api/abc123',
  appSyncParameters: { graphQLOperation },
};

test('the operation is executed with the input as its variables, digit for digit, and signed', async (t) => {
  const { kind, aws } = await startKind(t, createAppSyncTarget, () => ({ status: 200, body: '{"data":{}}' }));
  const input = '{"id":"o-1","amount":12345678901234567890.10}';
  assert.equal(told(await kind.invoke(invocationOf(target, { input }))), 'delivered');
  const [call] = aws.calls;
  assert.equal(call?.method, 'POST');
  assert.equal(call?.path, '/graphql');
  assert.equal(call?.signedService, 'appsync');
  assert.equal(call?.region, 'eu-central-1');
  assert.equal(call?.headers.host, 'abc123.appsync-api.eu-central-1.amazonaws.com');
  assert.equal(call?.headers['content-type'], 'application/json; charset=utf-8');
  assert.equal(call?.body, `{"query":${JSON.stringify(graphQLOperation)},"variables":${input}}`);
});

for (const [status, body, expected] of [
  [200, '{"data":null,"errors":[{"message":"no","errorType":"Unauthorized"}]}', 'permanent NO_PERMISSIONS'],
  [200, '{"data":{"addOrder":null},"errors":[{"message":"no"}]}', 'permanent SDK_CLIENT_ERROR'],
  [200, '{"data":{"addOrder":{"id":1}},"errors":[{"message":"in part"}]}', 'delivered'],
  [200, '{"data":null,"errors":[]}', 'delivered'],
  [200, 'not JSON', 'delivered'],
  [400, '{"errors":[{"message":"Unable to parse"}]}', 'permanent SDK_CLIENT_ERROR'],
  [403, '{"errors":[{"errorType":"AccessDeniedException"}]}', 'permanent NO_PERMISSIONS'],
  [401, '{"errors":[{"errorType":"UnauthorizedException"}]}', 'retryable SERVER_ERROR'],
  [429, '', 'retryable THROTTLING'],
  [503, '', 'retryable SERVER_ERROR'],
] as const) {
  test(`AppSync: ${expected} after ${status} ${body}`, async (t) => {
    const { kind } = await startKind(t, createAppSyncTarget, () => ({ status, body }));
    assert.equal(told(await kind.invoke(invocationOf(target))), expected);
  });
}

test('AppSync is away, or slow', async (t) => {
  const { kind } = await startKind(t, createAppSyncTarget, () => 'reset');
  assert.equal(told(await kind.invoke(invocationOf(target))), 'retryable CONNECTION_FAILURE');
  const aborted = new AbortController();
  const slow = await startKind(t, createAppSyncTarget, () => 'hang');
  const outcome = slow.kind.invoke(invocationOf(target, { signal: aborted.signal }));
  await slow.aws.arrived(1);
  aborted.abort();
  assert.equal(told(await outcome), 'retryable TIMEOUT');
});
