import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { CONFIGURED, type Ran, serve } from './cli-run.ts';

const BUSBAR = fileURLToPath(new URL('../bin/busbar.js', import.meta.url));
const SOURCE = fileURLToPath(new URL('../src/cli/run.ts', import.meta.url));

test('Ctrl-C: a newline on standard output, exit 130', async (t) => {
  const silent = await silentServer(t);
  const busbar = start(['events', 'list-rules', '--endpoint-url', silent.url]);
  await silent.connected;
  busbar.child.kill('SIGINT');
  assert.deepEqual(await busbar.ended, { code: 130, stdout: '\n', stderr: '' });
});

// Tells, on standard error, each file that is loaded from here on.
const LOADED = `import { registerHooks } from 'node:module';
registerHooks({ load(url, context, next) { process.stderr.write(url + '\\n'); return next(url, context); } });`;

test('put-events loads nothing that it does not use', async (t) => {
  const server = await serve(t, [{ body: '{"FailedEntryCount":0,"Entries":[]}' }]);
  const line = ['events', 'put-events', '--entries', 'Source=a', '--endpoint-url', server.url];
  const loaded = async (more: readonly string[]) => {
    const { code, stderr } = await start(
      [...line, ...more],
      ['--import', `data:text/javascript,${LOADED}`],
      SOURCE,
    ).ended;
    assert.equal(code, 0);
    return stderr.split('\n').map((url) => url.replace(/^.*\/(?=src|node_modules)/, ''));
  };
  const unused =
    /query\/|output-(text|table|yaml)|text-width|yaml-scalar|input-yaml|skeleton-yaml|\/yaml\/|commands\/(?!index)|cli\/(doctor|redrive|replay|archive|terminal)\/|src\/match\//;
  const plain = await loaded([]);
  assert.ok(plain.includes('src/cli/service-call.ts'));
  assert.deepEqual(
    plain.filter((url) => unused.test(url)),
    [],
  );
  const used = await loaded(['--query', 'Entries', '--output', 'table']);
  assert.ok(used.includes('src/cli/query/search.ts') && used.includes('src/cli/table.ts'));
});

test('a Node that is too old is told so', async () => {
  const old = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } });`;
  assert.deepEqual(await start(['--version'], ['--import', `data:text/javascript,${old}`]).ended, {
    code: 1,
    stdout: '',
    stderr:
      'Busbar needs Node 22.18 or newer, and this is Node 20.20.2.\n' +
      'Install a newer Node; in a clone of Busbar, `npm ci` brings one, and `npx busbar` uses it.\n',
  });
});

test('a reader that stops reading is no error', async (t) => {
  const server = await serve(t, [
    { body: JSON.stringify({ Rules: Array(50_000).fill({ Name: 'x'.repeat(40) }) }) },
  ]);
  const busbar = start(['events', 'list-rules', '--endpoint-url', server.url]);
  busbar.child.stdout.once('data', () => busbar.child.stdout.destroy());
  const { code, stderr } = await busbar.ended;
  assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
});

test('long output goes through a slow pipe whole', async (t) => {
  const server = await serve(t, [
    { body: JSON.stringify({ Rules: Array(20_000).fill({ Name: 'é'.repeat(40) }) }) },
  ]);
  const { code, stdout } = await start(['events', 'list-rules', '--endpoint-url', server.url]).ended;
  assert.equal(code, 0);
  assert.equal(JSON.parse(stdout).Rules.length, 20_000);
});

function start(argv: readonly string[], nodeOptions: readonly string[] = [], program = BUSBAR) {
  const child = spawn(process.execPath, [...nodeOptions, program, ...argv], { env: CONFIGURED });
  const text = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      text[name] += chunk;
    });
  }
  const ended: Promise<Ran> = once(child, 'close').then(([code]) => ({ code, ...text }));
  return { child, ended };
}

// It takes connections and says nothing.
async function silentServer(t: TestContext): Promise<{ url: string; connected: Promise<unknown> }> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    t.after(() => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, connected: once(server, 'connection') };
}
