import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigError, readConfig } from './config.ts';

function refusal(args: readonly string[], env: Record<string, string> = {}): string {
  try {
    readConfig(args, env);
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    return error.message;
  }
  return 'accepted';
}

test('a flag wins over its variable, a variable over the default', () => {
  assert.equal(readConfig([], {}).port, 4010);
  assert.equal(readConfig([], { BUSBAR_PORT: '1' }).port, 1);
  assert.equal(readConfig(['--port', '2'], { BUSBAR_PORT: '1' }).port, 2);
  assert.equal(readConfig(['--memory'], { BUSBAR_DATA: 'x' }).data, undefined);
  assert.equal(readConfig([], { BUSBAR_STORE: 'nats://a:1/b' }).store, 'nats://a:1/b');
  assert.equal(readConfig([], {}).store, undefined);
});

test('what is wrong is named with what would be right', () => {
  assert.equal(
    refusal(['--port', '70000']),
    '--port (or BUSBAR_PORT) must be a number from 0 to 65535, but is "70000".',
  );
  assert.match(refusal([], { BUSBAR_ACCOUNT: '1' }), /BUSBAR_ACCOUNT\) must be twelve digits, but is "1"/);
  assert.match(refusal(['--region', 'Frankfurt']), /must be a region such as us-east-1/);
  assert.match(refusal(['--log', 'loud']), /must be one of info, warn, error, off/);
  assert.match(refusal(['--colour']), /--colour.*`busbar start --help` lists the options/s);
  assert.match(refusal(['--memory', '--data', 'x']), /exclude each other/);
  assert.match(refusal(['--memory', '--store', 'nats://x']), /exclude each other/);
  assert.match(refusal(['--store', 'http://u:secret@x']), /must be a URL as in nats:/);
  assert.doesNotMatch(refusal(['--store', 'http://u:secret@x']), /secret/);
});

test('beyond loopback, somebody must be known', () => {
  assert.equal(refusal(['--host', '127.0.0.2']), 'accepted');
  assert.match(refusal(['--host', '0.0.0.0']), /does not listen on 0\.0\.0\.0 without knowing who may call/);
  assert.equal(refusal(['--host', '0.0.0.0', '--credentials', 'f']), 'accepted');
  assert.equal(refusal(['--host', '0.0.0.0'], { BUSBAR_ACCESS_KEYS: 'a:b' }), 'accepted');
});

test('access keys are read from the environment, and a wrong one is not repeated', () => {
  const { accessKeys } = readConfig([], { BUSBAR_ACCESS_KEYS: 'a:b, c:d:123456789012' });
  assert.deepEqual(accessKeys, [
    { accessKeyId: 'a', secretAccessKey: 'b', account: undefined },
    { accessKeyId: 'c', secretAccessKey: 'd', account: '123456789012' },
  ]);
  assert.doesNotMatch(refusal([], { BUSBAR_ACCESS_KEYS: 'id:secret:short' }), /secret:|id:/);
});

test('quotas are those of AWS, each may be set, and all may be lifted', () => {
  assert.equal(readConfig([], {}).quotas.rulesPerEventBus, 300);
  const set = readConfig(['--quotas', 'rulesPerEventBus=1000, targetsPerRule=10'], {}).quotas;
  assert.deepEqual([set.rulesPerEventBus, set.targetsPerRule, set.eventBusesPerRegion], [1000, 10, 100]);
  const lifted = readConfig(['--relaxed', '--quotas', 'targetsPerRule=7'], {}).quotas;
  assert.deepEqual([lifted.rulesPerEventBus, lifted.targetsPerRule], [Number.MAX_SAFE_INTEGER, 7]);
  assert.match(refusal(['--quotas', 'rules=1']), /There is no quota "rules"\. There are: putEventsBytes, /);
  assert.match(refusal(['--quotas', 'targetsPerRule=many']), /must be a whole number, but is "many"/);
  assert.match(refusal(['--quotas', 'constructor=1']), /There is no quota "constructor"/);
});

test("the clock is the machine's, or one to move by hand from the time that is named", () => {
  assert.equal(readConfig([], {}).handClock, undefined);
  const before = Date.now();
  const start = readConfig(['--clock=hand'], {}).handClock ?? 0;
  assert.ok(before <= start && start <= Date.now());
  assert.equal(readConfig(['--clock', 'hand@2026-01-02T03:04:05Z'], {}).handClock, 1_767_323_045_000);
  for (const clock of ['sundial', 'hand@', 'hand@yesterday', 'hand@2026-13-01T00:00:00Z', '']) {
    assert.throws(
      () => readConfig([`--clock=${clock}`], {}),
      /--clock \(or BUSBAR_CLOCK\) must be system, hand/,
    );
  }
});

test('what is inside is within reach of targets while Busbar itself is not within reach of others', () => {
  const keys = { BUSBAR_ACCESS_KEYS: 'a:b' };
  assert.equal(readConfig([], {}).privateTargets, 'all');
  assert.equal(readConfig(['--host=127.0.0.2'], {}).privateTargets, 'all');
  assert.deepEqual(readConfig(['--host=0.0.0.0'], keys).privateTargets, []);
  assert.equal(readConfig(['--host=0.0.0.0', '--private-targets=all'], keys).privateTargets, 'all');
  assert.deepEqual(readConfig(['--private-targets=none'], {}).privateTargets, []);
  assert.deepEqual(readConfig([], { BUSBAR_PRIVATE_TARGETS: '10.0.0.0/8, fd00::/8,::1' }).privateTargets, [
    '10.0.0.0/8',
    'fd00::/8',
    '::1',
  ]);
  for (const wrong of [
    'some',
    '10.0.0.0/33',
    '10.0.0/8',
    '::/129',
    '10.0.0.0/8/8',
    '10.0.0.0/',
    'all,none',
  ]) {
    assert.match(
      refusal([`--private-targets=${wrong}`]),
      /--private-targets .* must be all, none, or ranges/,
    );
  }
});
