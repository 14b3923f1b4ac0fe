import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { EVENT_ID, invocationOf, OWNER } from '../../../test/invocation.ts';
import { pathParts } from '../../../test/path-spellings.ts';
import { until } from '../../../test/until.ts';
import { createExecTarget } from './exec.ts';
import { commandOf, refusalOfCommand } from './exec-url.ts';
import type { Outcome } from './target-kind.ts';

interface Scripts {
  readonly folder: string;
  /** Writes a shell script and delivers to it. */
  run(script: string, options?: { input?: string; args?: string[]; signal?: AbortSignal }): Promise<Outcome>;
}

function startScripts(t: TestContext): Scripts {
  const folder = mkdtempSync(join(tmpdir(), 'busbar-exec-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const target = createExecTarget({ commands: [folder] });
  return {
    folder,
    run(script, { input = '{}', args = [], signal = new AbortController().signal } = {}) {
      const path = join(folder, 'script');
      writeFileSync(path, `#!/bin/sh\ncd ${folder}\n${script}\n`);
      chmodSync(path, 0o700);
      const query = new URLSearchParams(args.map((arg): [string, string] => ['arg', arg])).toString();
      return target.invoke(invocationOf({ arn: `exec:${path}?${query}` }, { input, signal }));
    },
  };
}

function told(outcome: Outcome): string {
  return outcome.kind === 'delivered'
    ? 'delivered'
    : `${outcome.kind} ${outcome.error.code} ${outcome.error.message}`;
}

test('the input is on standard input, arguments come as they are, and the environment is a bare one', async (t) => {
  const scripts = startScripts(t);
  const args = ['a b', '$(id)', '"', '*', ''];
  const script = 'cat > input; for arg in "$@"; do printf "%s|" "$arg"; done > args; env > env';
  assert.equal(told(await scripts.run(script, { input: '{"n":1.0}', args })), 'delivered');
  const read = (name: string) => readFileSync(join(scripts.folder, name), 'utf8');
  assert.equal(read('input'), '{"n":1.0}');
  assert.equal(read('args'), `${args.join('|')}|`);
  const names = read('env')
    .trim()
    .split('\n')
    .map((line) => line.split('=')[0])
    .filter((name) => !['PWD', 'OLDPWD', 'SHLVL', '_'].includes(String(name)));
  assert.deepEqual(names.sort(), [
    'BUSBAR_ATTEMPT',
    'BUSBAR_EVENT_ID',
    'BUSBAR_RULE_ARN',
    'BUSBAR_TARGET_ID',
    'PATH',
  ]);
  assert.match(read('env'), new RegExp(`BUSBAR_EVENT_ID=${EVENT_ID}`));
  assert.match(read('env'), new RegExp(`BUSBAR_RULE_ARN=${OWNER}`));
});

test('exit codes say what becomes of the delivery', async (t) => {
  const scripts = startScripts(t);
  assert.match(told(await scripts.run('exit 1')), /^retryable SERVER_ERROR .*script ended with 1\.$/);
  assert.match(told(await scripts.run('exit 75')), /^retryable SERVER_ERROR/);
  assert.match(told(await scripts.run('exit 65')), /^permanent SDK_CLIENT_ERROR/);
  assert.match(told(await scripts.run('exit 77')), /^permanent NO_PERMISSIONS/);
  assert.match(told(await scripts.run('kill -9 $$')), /^retryable SERVER_ERROR .*was ended by SIGKILL\.$/);
  assert.match(told(await scripts.run('echo out; echo why >&2; exit 1')), /ended with 1: why$/);
  assert.match(told(await scripts.run('echo out; exit 1')), /ended with 1: out$/);
});

test('a command that says a lot is read to its end, and kept to its beginning', async (t) => {
  const scripts = startScripts(t);
  const outcome = await scripts.run('yes | head -c 3000000 >&2; exit 1');
  assert.equal(outcome.kind, 'retryable');
  assert.ok(told(outcome).length < 500);
  assert.equal(told(await scripts.run('yes | head -c 3000000; exit 0')), 'delivered');
});

test('a command that does not read its input, or leaves something behind, is done when it ends', async (t) => {
  const scripts = startScripts(t);
  const input = JSON.stringify('x'.repeat(1_000_000));
  assert.equal(told(await scripts.run('exit 0', { input })), 'delivered');
  assert.equal(told(await scripts.run('sleep 60 & echo $! > left; exit 0')), 'delivered');
  process.kill(Number(readFileSync(join(scripts.folder, 'left'), 'utf8')), 'SIGKILL');
});

test('a command that takes too long is killed with all that it started', async (t) => {
  const scripts = startScripts(t);
  const timeout = new AbortController();
  const outcome = scripts.run('sleep 60 & echo $! > child; mv child started; wait', {
    signal: timeout.signal,
  });
  await until(async () => existsSync(join(scripts.folder, 'started')));
  const child = Number(readFileSync(join(scripts.folder, 'started'), 'utf8'));
  assert.ok(process.kill(child, 0), 'it runs');
  timeout.abort();
  assert.match(told(await outcome), /^retryable TIMEOUT .* was killed\.$/);
  await until(async () => {
    try {
      // A dead process whose parent has not looked yet is a zombie.
      return readFileSync(`/proc/${child}/stat`, 'utf8').split(') ')[1]?.startsWith('Z') === true;
    } catch {
      return true;
    }
  });
});

test('what is not there, not executable, or outside of what is allowed is not run', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'busbar-exec-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'plain'), 'true');
  symlinkSync('/bin/true', join(folder, 'way-out'));
  const target = createExecTarget({ commands: [folder] });
  const outcome = async (path: string) => told(await target.invoke(invocationOf({ arn: `exec:${path}` })));
  assert.match(await outcome(`${folder}/missing`), /^permanent NO_RESOURCE/);
  assert.match(await outcome(`${folder}/plain`), /^permanent NO_PERMISSIONS .*EACCES/);
  assert.match(await outcome(`${folder}/way-out`), /^permanent NO_PERMISSIONS .*symbolic link/);
  assert.match(await outcome('/bin/true'), /^permanent NO_PERMISSIONS .*not among/);
});

test('commands are absolute paths with arguments', () => {
  assert.deepEqual(commandOf('exec:/a/b'), { path: '/a/b', args: [] });
  assert.deepEqual(commandOf('exec:///a/b%20c?arg=x%20y&arg=&arg=%26'), {
    path: '/a/b c',
    args: ['x y', '', '&'],
  });
  for (const text of [
    'exec:b',
    'exec://host/b',
    'exec:/a%2f..%2fb',
    'exec:/a%00',
    'exec:/a?arg=%00',
    'exec:/a?env=x',
    'exec:/a#x',
    'exec:/a%zz',
    'exec:/a//b',
  ]) {
    assert.equal(commandOf(text), undefined, text);
  }
});

test('no spelling leads out of a folder that is named', () => {
  fc.assert(
    fc.property(pathParts, fc.constantFrom('exec:', 'exec://'), (parts, scheme) => {
      const url = `${scheme}/opt/hooks/${parts.join('/')}`;
      if (refusalOfCommand(url, ['/opt/hooks']) !== undefined) return;
      const path = commandOf(url)?.path ?? '';
      assert.ok(resolve(path).startsWith('/opt/hooks'), url);
      assert.equal(path.includes('..'), false, url);
    }),
    { numRuns: 3000 },
  );
});

test('only commands that are named may be run', () => {
  assert.equal(refusalOfCommand('exec:/opt/on-order', ['/opt/on-order']), undefined);
  assert.equal(refusalOfCommand('exec:/opt/hooks/on-order?arg=x', ['/opt/hooks']), undefined);
  assert.match(String(refusalOfCommand('exec:/opt/hooks/../sh', ['/opt/hooks'])), /not among/);
  assert.match(String(refusalOfCommand('exec:/opt/on-order-2', ['/opt/on-order'])), /not among/);
  assert.match(String(refusalOfCommand('exec:/a', [])), /unless --exec-targets \(BUSBAR_EXEC_TARGETS\)/);
});
