import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryStore } from '../store/memory/memory-store.ts';
import { Configuration, rulePlace } from './configuration.ts';
import { Matchers } from './matchers.ts';

const scope = { account: '111111111111', region: 'us-east-1' };
const rule = (name: string, eventPattern: string) => ({
  name,
  busName: 'default',
  eventPattern,
  state: 'ENABLED' as const,
  createdBy: scope.account,
  tags: [],
  targets: [],
});

test('a kept pattern that can not be read takes its own rule out, is logged, and stops nobody', async () => {
  const store = new MemoryStore();
  const configuration = await Configuration.load(store, { createdAt: 0, pageTokenKey: '' });
  const put = (name: string, pattern: string) =>
    configuration.rules.change(rulePlace(scope, 'default', name), () => rule(name, pattern));
  await put('broken', '{"source":[{"nope":1}]}');
  const errors: string[] = [];
  const log = {
    info: () => undefined,
    warn: () => undefined,
    error: (message: string) => void errors.push(message),
  };
  const matchers = new Matchers(configuration.rules, log);
  await put('sound', '{"source":["a"]}');

  const busArn = 'arn:aws:events:us-east-1:111111111111:event-bus/default';
  const event = { id: 'i', busArn, receivedAt: 0, envelope: '{"source":"a"}' };
  assert.deepEqual(
    matchers.rulesFor(event).map(({ arn }) => arn),
    ['arn:aws:events:us-east-1:111111111111:rule/sound'],
  );
  assert.deepEqual(errors, ['A rule matches nothing: its event pattern can not be read.']);
});
