import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { createSqsTarget } from '../src/deliver/targets/sqs.ts';
import type { Outcome } from '../src/deliver/targets/target-kind.ts';
import { HandClock } from '../src/domain/clock.ts';
import { startEndpoint } from './http-endpoint.ts';

/** What sending comes to when the SQS API answers with this status and this name of an error. */
async function outcomeOf(t: TestContext, status: number, name: string): Promise<Outcome> {
  const body = name === '' ? '' : JSON.stringify({ __type: `com.amazonaws.sqs#${name}`, message: 'No.' });
  const headers = { 'Content-Type': 'application/x-amz-json-1.0' };
  const endpoint = await startEndpoint(t, () => ({ status, headers, body }));
  const target = createSqsTarget({
    endpointOf: () => endpoint.url,
    hasCredentials: false,
    clock: new HandClock(0),
  });
  const outcome = await target.send({
    queueArn: 'arn:aws:sqs:eu-central-1:111111111111:q',
    body: '{}',
    signal: new AbortController().signal,
  });
  target.close();
  assert.equal(endpoint.received.length, 1, 'the dispatcher alone asks again');
  return outcome;
}

for (const [status, name, code] of [
  [400, 'ExpiredToken', 'SDK_CLIENT_ERROR'],
  [403, 'ExpiredTokenException', 'SDK_CLIENT_ERROR'],
  [403, 'RequestExpired', 'SDK_CLIENT_ERROR'],
  [400, 'TooManyRequestsException', 'THROTTLING'],
  [400, 'ThrottlingException', 'THROTTLING'],
  [403, 'RequestThrottled', 'THROTTLING'],
  [429, 'Whatever', 'THROTTLING'],
  [408, '', 'SDK_CLIENT_ERROR'],
  [307, '', 'SDK_CLIENT_ERROR'],
  [400, 'NeverHeardOf', 'SDK_CLIENT_ERROR'],
  [500, 'InternalError', 'SERVER_ERROR'],
  [503, '', 'SERVER_ERROR'],
] as const) {
  test(`SQS may be asked again after ${status} ${name}`, async (t) => {
    const outcome = await outcomeOf(t, status, name);
    assert.equal(outcome.kind, 'retryable');
    assert.equal('error' in outcome && outcome.error.code, code);
  });
}

for (const [name, code] of [
  ['QueueDoesNotExist', 'NO_RESOURCE'],
  ['AccessDeniedException', 'NO_PERMISSIONS'],
  ['InvalidMessageContents', 'SDK_CLIENT_ERROR'],
  ['InvalidParameterValue', 'SDK_CLIENT_ERROR'],
  ['UnsupportedOperation', 'SDK_CLIENT_ERROR'],
  ['MessageTooLong', 'SDK_CLIENT_ERROR'],
] as const) {
  test(`${name} is the last word of SQS`, async (t) => {
    const outcome = await outcomeOf(t, 400, name);
    assert.equal(outcome.kind, 'permanent');
    assert.equal('error' in outcome && outcome.error.code, code);
  });
}
