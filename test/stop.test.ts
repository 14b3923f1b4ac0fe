import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { startEndpoint } from './http-endpoint.ts';
import { startTestBus } from './running-bus.ts';
import { until } from './until.ts';

const LIMITS = { stopGraceMs: 200, invocationTimeoutMs: 60_000 };
const ORDER = { Entries: [{ Source: 'shop', DetailType: 't', Detail: '{}' }] };
const PATTERN = '{"source":["shop"]}';

test('a stop cuts off what hangs when its grace is over: requests, commands and dead letters', {
  timeout: 30_000,
}, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'busbar-stop-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const script = join(folder, 'hang');
  writeFileSync(script, `#!/bin/sh\necho $$ > ${folder}/pid\nexec sleep 60\n`);
  chmodSync(script, 0o700);
  const hanging = await startEndpoint(t, () => 'hang');
  const refusing = await startEndpoint(t, () => ({ status: 400 }));
  const data = join(folder, 'data');
  const bus = await startTestBus(t, {
    data,
    limits: LIMITS,
    flags: [`--exec-targets=${folder}`],
    endpoints: { SQS: hanging.url },
  });
  await bus.call('PutRule', { Name: 'r', EventPattern: PATTERN });
  const put = await bus.call('PutTargets', {
    Rule: 'r',
    Targets: [
      { Id: 'request', Arn: hanging.url },
      { Id: 'command', Arn: `exec:${script}` },
      {
        Id: 'dead-letter',
        Arn: refusing.url,
        DeadLetterConfig: { Arn: 'arn:aws:sqs:eu-central-1:111111111111:dead' },
      },
    ],
  });
  assert.equal(put.json['FailedEntryCount'], 0, put.text);
  await bus.call('PutEvents', ORDER);
  // The request, and the message to the queue.
  await hanging.arrived(2);
  await until(
    async () => existsSync(join(folder, 'pid')) && readFileSync(join(folder, 'pid'), 'utf8') !== '',
  );
  const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));

  const begun = performance.now();
  await bus.close();
  const took = performance.now() - begun;
  assert.ok(took >= 190 && took < 20_000, `the stop took ${took} ms`);
  await until(async () => !isRunning(pid));

  const again = await startTestBus(t, { data, limits: LIMITS });
  const health = (await (await fetch(new URL('/_busbar/health', again.url))).json()) as {
    deliveries: object;
  };
  const { owed, failed } = health.deliveries as { owed: number; failed: number };
  // The command's target is not allowed any more, and so fails; the others wait, or hang once more.
  assert.ok(owed + failed === 3 && owed >= 2, JSON.stringify(health));
});

test('a stop does not wait for its grace when nothing hangs', async (t) => {
  const endpoint = await startEndpoint(t);
  const bus = await startTestBus(t, { limits: { ...LIMITS, stopGraceMs: 60_000 } });
  await bus.call('PutRule', { Name: 'r', EventPattern: PATTERN });
  await bus.call('PutTargets', { Rule: 'r', Targets: [{ Id: 't', Arn: endpoint.url }] });
  await bus.call('PutEvents', ORDER);
  const begun = performance.now();
  await bus.close();
  assert.ok(performance.now() - begun < 20_000);
  assert.equal(endpoint.received.length, 1);
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A child that has ended and that nobody has asked for yet is one all the same.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
