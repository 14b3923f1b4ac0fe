import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { invocationOf, NOW, told } from '../../../test/aws-target-suite.ts';
import { HandClock } from '../../domain/clock.ts';
import { createBatchTarget } from './aws-batch.ts';
import { AwsClients } from './aws-clients.ts';
import { delivered } from './target-kind.ts';

/** An error as the SDK clients throw them. */
function sdkError(name: string) {
  return Object.assign(new Error('No.'), { name, $metadata: { httpStatusCode: 400 } });
}

/** A service that refuses calls with an entry `"bad"`, and takes its time with the longer ones. */
function startService(t: TestContext, isOrdered: boolean) {
  const settings = { endpointOf: () => undefined, hasCredentials: true, clock: new HandClock(NOW) };
  const clients = new AwsClients('X', settings, () => ({}));
  t.after(() => clients.close());
  const calls: string[] = [];
  const kind = createBatchTarget<object, { text: string }>(
    {
      name: 'A service',
      clients,
      limits: { entries: 10, bytes: 1000 },
      isOrdered: () => isOrdered,
      entryOf: ({ input }) => ({ text: input }),
      async send(_client, entries) {
        for (let n = 0; n < entries.length; n++) await Promise.resolve();
        calls.push(entries.map(({ text }) => text).join(''));
        if (entries.some(({ text }) => text === 'x')) throw sdkError('ValidationException');
        return entries.map(() => delivered);
      },
    },
    settings,
  );
  const send = async (inputs: string) => {
    const invocations = [...inputs].map((input) => invocationOf({ arn: 'arn:aws:x:y:1:z' }, { input }));
    return (await kind.invokeBatch(invocations)).map(told);
  };
  return { calls, send };
}

test('halves of an ordered batch follow one another', async (t) => {
  const { calls, send } = startService(t, true);
  const outcomes = await send('xbcde');
  assert.deepEqual(outcomes, ['permanent SDK_CLIENT_ERROR', ...Array(4).fill('delivered')]);
  assert.deepEqual(calls, ['xbcde', 'xbc', 'xb', 'x', 'b', 'c', 'de']);
});

test('halves of another batch go at once', async (t) => {
  const { calls, send } = startService(t, false);
  const outcomes = await send('xbcde');
  assert.deepEqual(outcomes, ['permanent SDK_CLIENT_ERROR', ...Array(4).fill('delivered')]);
  assert.deepEqual(calls, ['xbcde', 'de', 'xbc', 'c', 'xb', 'x', 'b']);
});

test('nothing to send is nothing sent', async (t) => {
  const { calls, send } = startService(t, false);
  assert.deepEqual(await send(''), []);
  assert.deepEqual(calls, []);
});
