import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as cloudWatchEvents from '@aws-sdk/client-cloudwatch-events';
import * as eventBridge from '@aws-sdk/client-eventbridge';
import { operations } from '../src/api-model/api-model.ts';
import { minimalRequest } from './model-request.ts';
import { startTestBus } from './running-bus.ts';

interface Client {
  send(command: unknown): Promise<object>;
  destroy(): void;
}

type Constructor<T> = new (input: object) => T;

/** Command classes of a client package, by operation. */
function commandsOf(sdk: Readonly<Record<string, unknown>>): ReadonlyMap<string, Constructor<unknown>> {
  const names = Object.keys(sdk).filter((name) => name.endsWith('Command') && name !== '$Command');
  return new Map(names.map((name) => [name.slice(0, -'Command'.length), sdk[name] as Constructor<unknown>]));
}

const clients = [
  {
    name: '@aws-sdk/client-eventbridge',
    commands: commandsOf(eventBridge),
    make: eventBridge.EventBridgeClient,
  },
  {
    name: '@aws-sdk/client-cloudwatch-events',
    commands: commandsOf(cloudWatchEvents),
    make: cloudWatchEvents.CloudWatchEventsClient,
  },
];

for (const { name, commands, make } of clients) {
  test(`every operation of ${name} gets an answer that it understands`, async (t) => {
    const bus = await startTestBus(t);
    const client = new (make as unknown as Constructor<Client>)({
      endpoint: bus.url,
      region: 'us-east-1',
      credentials: { accessKeyId: '111111111111', secretAccessKey: 'secret' },
      maxAttempts: 1,
    });
    t.after(() => client.destroy());

    const succeeded: string[] = [];
    for (const [operation, Command] of commands) {
      const model = operations.get(operation);
      assert.ok(model, `${operation} is not in the model`);
      try {
        await client.send(new Command(minimalRequest(model.input)));
        succeeded.push(operation);
      } catch (error) {
        const code = error instanceof Error ? error.name : String(error);
        assert.ok(
          model.errors.includes(code) || code === 'ValidationException',
          `${operation} answered ${code}: ${error instanceof Error ? error.message : ''}`,
        );
      }
    }
    assert.ok(succeeded.length >= 15, `only ${succeeded.join(', ')} succeeded`);
    t.diagnostic(
      `${succeeded.length} of ${commands.size} succeeded on a minimal request, the others were refused`,
    );
  });
}

test('the client has every operation of the model', () => {
  assert.deepEqual([...commandsOf(eventBridge).keys()].sort(), [...operations.keys()].sort());
});
