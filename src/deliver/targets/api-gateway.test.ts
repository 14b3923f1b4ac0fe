import assert from 'node:assert/strict';
import { test } from 'node:test';
import { invocationOf, kindAt, startKind, told } from '../../../test/aws-target-suite.ts';
import { createApiGatewayTarget } from './api-gateway.ts';

const api = 'arn:aws:execute-api:eu-central-1:111111111111:abc123';
const target = { arn: `${api}/prod/POST/orders` };

test('the path, headers and query of a target are those of the request, signed', async (t) => {
  const { kind, aws } = await startKind(t, createApiGatewayTarget);
  const httpParameters = {
    pathParameterValues: ['$.detail.shop', 'a b/é*(!)'],
    headerParameters: {
      'X-Order': '$.detail.id',
      'content-type': 'text/plain',
      Host: 'evil.example',
      'X-Gone': '$.x',
    },
    queryStringParameters: { 'at once': 'yes & no', id: '$.detail.id', gone: '$.x', "it's": '(*!~)' },
  };
  const arn = `${api}/prod/PUT/shops/*/orders/*`;
  const detail = '{"shop":"north","id":"o 1"}';
  const outcome = await kind.invoke(invocationOf({ arn, httpParameters }, { detail, input: '{"n":1.0}' }));
  assert.equal(told(outcome), 'delivered');
  const [call] = aws.calls;
  assert.equal(call?.method, 'PUT');
  const url = new URL(call?.path ?? '', 'http://h');
  assert.equal(url.pathname, '/prod/shops/north/orders/a%20b%2F%C3%A9*(!)');
  assert.deepEqual([...url.searchParams].sort(), [
    ['at once', 'yes & no'],
    ['id', 'o 1'],
    ["it's", '(*!~)'],
  ]);
  assert.equal(call?.headers['x-order'], 'o 1');
  assert.equal(call?.headers['x-gone'], undefined);
  assert.equal(call?.headers['content-type'], 'text/plain');
  assert.equal(call?.headers.host, 'abc123.execute-api.eu-central-1.amazonaws.com');
  assert.equal(call?.signedService, 'execute-api');
  assert.equal(call?.body, '{"n":1.0}');
});

test('the default stage has no place in the path, any method is POST, and GET has no body', async (t) => {
  const { kind, aws } = await startKind(t, createApiGatewayTarget);
  await kind.invoke(invocationOf({ arn: `${api}/$default/*/orders` }));
  await kind.invoke(invocationOf({ arn: `${api}/prod/POST` }));
  await kind.invoke(invocationOf({ arn: `${api}/prod/GET/orders` }));
  assert.deepEqual(
    aws.calls.map(({ method, path, body }) => [method, path, body]),
    [
      ['POST', '/orders', '{"a":1}'],
      ['POST', '/prod', '{"a":1}'],
      ['GET', '/prod/orders', ''],
    ],
  );
});

test('an event can neither choose another path nor break the request apart', async (t) => {
  const { kind, aws } = await startKind(t, createApiGatewayTarget);
  const detail = '{"up":"..","line":"a\\r\\nX-Admin: 1"}';
  for (const [arn, httpParameters] of [
    [`${api}/prod/POST/shops/*/orders`, { pathParameterValues: ['$.detail.up'] }],
    [`${api}/prod/POST/shops`, { headerParameters: { 'X-Line': '$.detail.line' } }],
  ] as const) {
    const outcome = await kind.invoke(invocationOf({ arn, httpParameters }, { detail }));
    assert.equal(told(outcome), 'permanent INVALID_PARAMETER');
  }
  assert.equal(aws.calls.length, 0);
});

for (const [status, expected] of [
  [201, 'delivered'],
  [301, 'permanent SDK_CLIENT_ERROR'],
  [400, 'permanent SDK_CLIENT_ERROR'],
  [403, 'permanent NO_PERMISSIONS'],
  [409, 'retryable SERVER_ERROR'],
  [429, 'retryable THROTTLING'],
  [504, 'retryable SERVER_ERROR'],
] as const) {
  test(`API Gateway: ${expected} after ${status}`, async (t) => {
    const { kind } = await startKind(t, createApiGatewayTarget, () => ({ status, body: '{"message":"x"}' }));
    assert.equal(told(await kind.invoke(invocationOf(target))), expected);
  });
}

test('API Gateway: a Retry-After is told, an endless answer is let go of, nobody may be there', async (t) => {
  const headers = { 'Retry-After': '7' };
  const busy = await startKind(t, createApiGatewayTarget, () => ({ status: 503, body: '', headers }));
  const outcome = await busy.kind.invoke(invocationOf(target));
  assert.equal('retryAfterMs' in outcome && outcome.retryAfterMs, 7000);
  const endless = await startKind(t, createApiGatewayTarget, () => 'endless');
  assert.equal(told(await endless.kind.invoke(invocationOf(target))), 'retryable CONNECTION_FAILURE');
  const nowhere = kindAt(t, createApiGatewayTarget, 'http://127.0.0.1:1');
  assert.equal(told(await nowhere.invoke(invocationOf(target))), 'retryable CONNECTION_FAILURE');
});
