import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CONFIGURED, run } from './cli-run.ts';
import { startTestBus } from './running-bus.ts';

const ENV = { ...CONFIGURED, AWS_ACCESS_KEY_ID: '111111111111', AWS_REGION: 'eu-central-1' };

test('doctor finds what goes wrong sooner or later, and says what to do', async (t) => {
  const bus = await startTestBus(t);
  const examine = (...argv: readonly string[]) =>
    run(['doctor', '--endpoint-url', bus.url, ...argv], { env: ENV });
  assert.deepEqual(await examine(), { code: 0, stdout: 'Nothing found.\n', stderr: '' });

  await bus.call('PutRule', { Name: 'idle', EventPattern: '{"source":["x"]}' });
  assert.equal((await examine()).code, 0);
  assert.equal((await examine('--strict')).code, 1);
  await bus.call('PutRule', { Name: 'never', EventPattern: '{"detailType":["x"]}' });
  // Nothing listens on the first of all ports.
  await bus.call('PutTargets', { Rule: 'never', Targets: [{ Id: 'gone', Arn: 'http://127.0.0.1:1/' }] });
  await bus.call('PutRule', { Name: 'round', EventPattern: '{"source":["y"]}' });
  const RoleArn = 'arn:aws:iam::111111111111:role/r';
  const self = 'arn:aws:events:eu-central-1:111111111111:event-bus/default';
  await bus.call('CreateEventBus', { Name: 'other' });
  await bus.call('PutTargets', {
    Rule: 'round',
    Targets: [{ Id: 'o', Arn: self.replace('default', 'other'), RoleArn }],
  });
  await bus.call('PutRule', { Name: 'back', EventBusName: 'other', EventPattern: '{"source":["y"]}' });
  await bus.call('PutTargets', {
    Rule: 'back',
    EventBusName: 'other',
    Targets: [{ Id: 'd', Arn: self, RoleArn }],
  });

  const { code, stdout } = await examine('--output', 'json');
  assert.equal(code, 1);
  const checks = (JSON.parse(stdout).findings as { check: string; severity: string }[]).map(
    ({ severity, check }) => `${severity} ${check}`,
  );
  assert.deepEqual(
    [...new Set(checks)],
    [
      'problem loop',
      'problem impossible-pattern',
      'problem unreachable',
      'warning no-targets',
      'warning no-dead-letter-queue',
    ],
  );
  const text = (await examine()).stdout;
  assert.match(text, /^problem {2}event buses\n {4}Events may go round for ever: /);
  assert.match(
    text,
    /rule never\n {4}No event can match it: detailType: .*\n(?: {4}.*\n)* {4}Did you mean detail-type\?/,
  );
  assert.match(
    text,
    /rule never, target gone\n {4}Nothing answers at http:\/\/127\.0\.0\.1:1\/: ECONNREFUSED\./,
  );
  assert.match(text, /\n3 problems, 4 warnings\n$/);
});
