import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { CONFIGURED, type Ran, serve } from './cli-run.ts';
import { until } from './until.ts';

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
    /query\/|output-(text|table|yaml)|text-width|yaml-scalar|input-yaml|skeleton-yaml|\/yaml\/|commands\/(?!index)|cli\/(operation-texts|doctor|redrive|replay|archive|terminal)\/|src\/match\//;
  const plain = await loaded([]);
  assert.ok(plain.includes('src/cli/call/service-call.ts'));
  assert.deepEqual(
    plain.filter((url) => unused.test(url)),
    [],
  );
  const used = await loaded(['--query', 'Entries', '--output', 'table']);
  assert.ok(used.includes('src/cli/query/search.ts') && used.includes('src/cli/output/table.ts'));
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

test('a server goes on when nobody reads its log any more', { timeout: 60_000 }, async (t) => {
  const { child, ended } = start(['start', '--memory', '--port', '0']);
  t.after(() => child.kill());
  const [greeting] = (await once(child.stdout, 'data')) as [string];
  const [url = ''] = greeting.match(/http:[^,]+/) ?? [];
  child.stdout.destroy();
  child.stderr.destroy();
  const call = async (operation: string, body: object) => {
    const headers = {
      'X-Amz-Target': `AWSEvents.${operation}`,
      'Content-Type': 'application/x-amz-json-1.1',
    };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    assert.equal(response.status, 200);
    await response.arrayBuffer();
  };
  await call('PutRule', { Name: 'r', EventPattern: '{"source":["shop"]}' });
  const Arn = `${url}/takes-no-events`;
  await call('PutTargets', { Rule: 'r', Targets: [{ Id: 't', Arn }] });
  // Each of them is told of in the log when it is given up.
  for (let failed = 1; failed <= 3; failed++) {
    await call('PutEvents', { Entries: [{ Source: 'shop', DetailType: 't', Detail: '{}' }] });
    await until(async () => {
      const response = await fetch(`${url}/_busbar/health`);
      return (await response.text()).includes(`"failed":${failed}`);
    });
  }
  child.kill();
  assert.equal((await ended).code, 0);
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
