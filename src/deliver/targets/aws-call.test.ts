import assert from 'node:assert/strict';
import { test } from 'node:test';
import { invocationOf, NOW, told } from '../../../test/aws-target-suite.ts';
import { HandClock } from '../../domain/clock.ts';
import { createAwsCallTarget } from './aws-call.ts';
import { AwsClients } from './aws-clients.ts';
import { UnusableInputError } from './input-members.ts';
import { permanent } from './target-kind.ts';

const settings = { clock: new HandClock(NOW), endpointOf: () => undefined, hasCredentials: false };

/** What comes of a call that ends so. */
async function outcomeOf(send: () => Promise<object | undefined>): Promise<string> {
  const clients = new AwsClients('X', settings, ({ region }) => region);
  const done = new Set(['AlreadyThere']);
  const kind = createAwsCallTarget({ service: 'X', clients, done, send }, settings);
  const outcome = await kind.invoke(invocationOf({ arn: 'arn:aws:x:eu-central-1:111111111111:y' }));
  kind.close();
  return told(outcome);
}

test('a call that succeeds delivers, unless it says otherwise', async () => {
  assert.equal(await outcomeOf(async () => ({ $metadata: {}, kind: 'permanent' })), 'delivered');
  assert.equal(await outcomeOf(async () => undefined), 'delivered');
  assert.equal(await outcomeOf(async () => permanent('NO_RESOURCE', 'gone')), 'permanent NO_RESOURCE');
});

test('what nobody could be asked is the last word, what nobody answered is not', async () => {
  const failing = (error: Error) => outcomeOf(() => Promise.reject(error));
  assert.equal(await failing(new UnusableInputError('no')), 'permanent INVALID_PARAMETER');
  assert.equal(await failing(new TypeError('input.filter is not a function')), 'permanent INVALID_PARAMETER');
  const answered = Object.assign(new TypeError('no JSON'), { $response: { statusCode: 502 } });
  assert.equal(await failing(answered), 'retryable SERVER_ERROR');
  const unreachable = Object.assign(new TypeError('Invalid URL'), { code: 'ERR_INVALID_URL' });
  assert.equal(await failing(unreachable), 'retryable CONNECTION_FAILURE');
  assert.equal(await failing(new Error('connect ECONNREFUSED')), 'retryable CONNECTION_FAILURE');
});

test('what was taken is delivered, even where nobody can read the answer', async () => {
  const unreadable = Object.assign(new TypeError('Expected real number'), { $response: { statusCode: 200 } });
  assert.equal(await outcomeOf(() => Promise.reject(unreadable)), 'delivered');
});

test('what an earlier attempt has done is delivered', async () => {
  assert.equal(
    await outcomeOf(() => Promise.reject(Object.assign(new Error(), { name: 'AlreadyThere' }))),
    'delivered',
  );
});
