import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultOf, isRetried, jsonObject } from './service-error.ts';

function fault(status: number, body: string, headers: Readonly<Record<string, string>> = {}) {
  return faultOf({ status, body, headers });
}

test('the code comes from __type, the header or the status; the message from either spelling', () => {
  const message = 'm';
  assert.deepEqual(fault(400, '{"__type":"ValidationException","message":"m"}'), {
    code: 'ValidationException',
    message,
  });
  assert.deepEqual(fault(400, '{"__type":"com.amazon#Foo:http://x","Message":"m"}'), {
    code: 'Foo',
    message,
  });
  assert.deepEqual(fault(400, '{"message":"m"}', { 'x-amzn-errortype': 'Foo:http://x/' }), {
    code: 'Foo',
    message,
  });
  assert.deepEqual(fault(400, '{}'), { code: '400', message: '' });
  assert.deepEqual(fault(404, ''), { code: '404', message: '' });
  assert.deepEqual(fault(400, '{"message":null,"Message":"m"}'), { code: '400', message: 'None' });
  assert.deepEqual(fault(400, '{"message":{"a":[1]}}'), { code: '400', message: "{'a': [1]}" });
});

test('a body that is no JSON is the message; pages of proxies give way to the status', () => {
  assert.deepEqual(fault(503, 'busy'), { code: '503', message: 'busy' });
  assert.deepEqual(fault(503, '<html>busy</html>'), { code: '503', message: 'Service Unavailable' });
  assert.deepEqual(fault(500, ' '), { code: '500', message: 'Internal Server Error' });
  assert.deepEqual(fault(599, ''), { code: '599', message: '' });
});

test('throttling and lost requests are tried again, the caller’s faults are not', () => {
  for (const status of [500, 502, 503, 504]) assert.ok(isRetried(status, { code: 'X', message: '' }));
  for (const code of ['ThrottlingException', 'LimitExceededException', 'RequestTimeout']) {
    assert.ok(isRetried(400, { code, message: '' }), code);
  }
  assert.equal(isRetried(400, { code: 'ValidationException', message: '' }), false);
  assert.equal(isRetried(501, { code: '501', message: '' }), false);
});

test('an object, an empty body, and neither', () => {
  assert.deepEqual([...(jsonObject('{"a":1}') ?? [])], [['a', 1n]]);
  assert.equal(jsonObject('')?.size, 0);
  assert.equal(jsonObject('[]'), undefined);
  assert.equal(jsonObject('<html>'), undefined);
});
