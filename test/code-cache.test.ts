import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type BundledBusbar, bundledBusbar } from './bundled-busbar.ts';

// What V8 compiled is kept where this variable says, beside what Node itself keeps.
const options = { skip: process.platform === 'win32' && 'programs are other files there' };
let busbar: BundledBusbar | undefined;

before(async () => {
  if (!options.skip) busbar = await bundledBusbar();
});
after(() => busbar?.remove());

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'busbar-cache-'));
  after(() => rmSync(folder, { recursive: true }));
  return folder;
}

function skeleton(operation: string, env: Readonly<Record<string, string>>): string {
  const words = ['events', operation, '--generate-cli-skeleton'];
  const run = spawnSync('busbar', words, { env: { PATH: busbar?.path ?? '', ...env }, encoding: 'utf8' });
  assert.deepEqual([run.status, run.stderr], [0, '']);
  return run.stdout;
}

function kept(folder: string): { readonly file: string; readonly commands: readonly string[] } {
  const [name = '', ...others] = readdirSync(join(folder, 'busbar'));
  assert.deepEqual(others, [], 'one file for each bundle');
  assert.match(name, /^events-v/);
  const file = join(folder, 'busbar', name);
  const [line = ''] = readFileSync(file, 'latin1').split('\n', 1);
  return { file, commands: line.split(' ').slice(1) };
}

test('what was compiled is kept, and grows with the commands that are run', options, () => {
  const folder = emptyFolder();
  const env = { NODE_COMPILE_CACHE: folder };
  const first = skeleton('put-events', env);
  assert.deepEqual(kept(folder).commands, ['put-events']);
  assert.equal(statSync(kept(folder).file).mode & 0o777, 0o600);
  const { mtimeMs, ino } = statSync(kept(folder).file);
  assert.equal(skeleton('put-events', env), first);
  assert.deepEqual([statSync(kept(folder).file).mtimeMs, statSync(kept(folder).file).ino], [mtimeMs, ino]);
  assert.match(skeleton('put-rule', env), /"EventPattern"/);
  assert.deepEqual(kept(folder).commands, ['put-events', 'put-rule']);
});

test('a file that is damaged, cut short or of another bundle is replaced', options, () => {
  const folder = emptyFolder();
  const env = { NODE_COMPILE_CACHE: folder };
  const expected = skeleton('put-events', env);
  const { file } = kept(folder);
  const whole = readFileSync(file);
  const firstByte = whole.indexOf('\n') + 1;
  const damages = {
    empty: Buffer.alloc(0),
    text: Buffer.from('no cache\nat all'),
    'cut short': whole.subarray(0, whole.length / 2),
    'of another V8': Buffer.concat([
      whole.subarray(0, firstByte),
      Buffer.alloc(64),
      whole.subarray(firstByte + 64),
    ]),
    'of another bundle': Buffer.concat([Buffer.from('f'.repeat(64)), whole.subarray(64)]),
  };
  for (const [what, bytes] of Object.entries(damages)) {
    writeFileSync(file, bytes);
    assert.equal(skeleton('put-events', env), expected, what);
    assert.deepEqual(kept(folder).commands, ['put-events'], what);
    assert.equal(readFileSync(file).length > whole.length / 2, true, what);
  }
});

test('where nothing can be kept, or nothing shall be, a command runs as well', options, () => {
  const folder = emptyFolder();
  assert.match(
    skeleton('put-events', { NODE_COMPILE_CACHE: folder, NODE_DISABLE_COMPILE_CACHE: '1' }),
    /Entries/,
  );
  assert.deepEqual(readdirSync(folder), []);
  assert.match(skeleton('put-events', {}), /Entries/);
  assert.match(skeleton('put-events', { HOME: '/nonexistent' }), /Entries/);
  const file = join(folder, 'file');
  writeFileSync(file, '');
  chmodSync(file, 0o400);
  assert.match(skeleton('put-events', { NODE_COMPILE_CACHE: file }), /Entries/);
});

test('it is kept in the folder for caches of the user', options, () => {
  const home = emptyFolder();
  skeleton('put-events', { HOME: home });
  const caches = process.platform === 'darwin' ? join(home, 'Library', 'Caches') : join(home, '.cache');
  assert.deepEqual(kept(caches).commands, ['put-events']);
  const xdg = emptyFolder();
  skeleton('put-events', { HOME: home, XDG_CACHE_HOME: xdg });
  assert.deepEqual(kept(xdg).commands, ['put-events']);
});
