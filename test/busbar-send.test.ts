import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { CONFIGURED, folder, run } from './cli-run.ts';
import { startTestBus } from './running-bus.ts';

// A bus in memory that only counts: what each PutEvents held, and what it is answered.
async function counter(
  t: TestContext,
  onBatch: (sources: readonly string[]) => void | Promise<void> = () => undefined,
): Promise<{ readonly url: string; readonly received: string[] }> {
  const received: string[] = [];
  const server = createServer(async (request, response) => {
    const { Entries } = JSON.parse(Buffer.concat(await request.toArray()).toString()) as {
      Entries: { Source: string }[];
    };
    const sources = Entries.map(({ Source }) => Source);
    await onBatch(sources);
    received.push(...sources);
    response.end(JSON.stringify({ FailedEntryCount: 0, Entries: Entries.map(() => ({ EventId: 'x' })) }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

const lines = (count: number) =>
  Array.from({ length: count }, (_, n) => `{"Source":"s${n}","DetailType":"d","Detail":"{}"}\n`).join('');

test('lines of a file are sent, each once, ten at a time', async (t) => {
  const sizes: number[] = [];
  const server = await counter(t, (sources) => void sizes.push(sources.length));
  const cwd = folder({ 'events.jsonl': lines(123) });
  const ran = await run(['send', 'events.jsonl', '--endpoint-url', server.url, '--output', 'json'], { cwd });
  assert.equal(ran.code, 0);
  assert.equal(JSON.parse(ran.stdout).sent, 123);
  assert.equal(new Set(server.received).size, 123);
  assert.equal(server.received.length, 123);
  assert.equal(Math.max(...sizes), 10);
  assert.equal(existsSync(join(cwd, 'events.jsonl.busbar-send')), false);
});

test('standard input, several files, and what a real bus refuses', async (t) => {
  const bus = await startTestBus(t);
  const cwd = folder({
    'a.json':
      '[{"Source":"a","DetailType":"d","Detail":{"n":1}}, {"Source":"aws.a","DetailType":"d","Detail":{}}]',
    'b.jsonl': '{"Source":"b","DetailType":"d","Detail":"nonsense"}\n',
  });
  const line = ['send', 'a.json', 'b.jsonl', '-', '--endpoint-url', bus.url, '--failed', 'failed.jsonl'];
  const ran = await run(line, { cwd, stdin: '{"DetailType":"d","Detail":{}}\n5\n' });
  assert.equal(ran.code, 1);
  assert.match(ran.stdout, /^1 sent, 4 failed \(in /);
  for (const row of [
    /1 {2}NotAuthorizedForSourceException +2 +Not authorized for the source\./,
    /1 {2}MalformedDetail +3 +Detail is malformed\./,
    /1 {2}InvalidArgument +4 +Parameter Source is not valid/,
    /1 {2}InvalidItem +5 +not a JSON object/,
  ]) {
    assert.match(ran.stdout, row);
  }
  assert.equal(readFileSync(join(cwd, 'failed.jsonl'), 'utf8').trim().split('\n').length, 4);
});

test('a template makes entries of other JSON, or of nothing', async () => {
  const template = '{"Source":"s","DetailType":"{{kind}}-{{$index}}","Detail":{"id":"{{item.id}}"}}';
  const cwd = folder({ 'entry.json': template });
  const shown = async (argv: readonly string[], stdin: string) =>
    run(['send', '--dry-run', '--template', ...argv], { cwd, stdin });
  assert.deepEqual(await shown(['entry.json'], '{"kind":"k","item":{"id":7.0}}'), {
    code: 0,
    stdout: '{"Source":"s","DetailType":"k-0","Detail":"{\\"id\\":7.0}"}\n',
    stderr: '',
  });
  assert.equal((await shown(['entry.json'], '{"kind":"k"}')).code, 1);
  const made = await shown(['{"Source":"{{$index}}"}', '--count', '3'], '');
  assert.equal(made.stdout, '{"Source":0}\n{"Source":1}\n{"Source":2}\n');
  assert.match((await shown(['nope.json'], '')).stderr, /^\nbusbar send: the template can't be read: ENOENT/);
});

test('--rate keeps to it', async (t) => {
  const server = await counter(t);
  const template = '{"Source":"s","DetailType":"d","Detail":{}}';
  const line = [
    'send',
    '--template',
    template,
    '--count',
    '30',
    '--rate',
    '100',
    '--endpoint-url',
    server.url,
  ];
  const started = performance.now();
  assert.equal((await run(line)).code, 0);
  assert.ok(
    performance.now() - started > 150,
    'thirty at a hundred a second, ten at once: two tenths between first and last',
  );
});

test('Ctrl-C: what is under way ends, and --resume sends the rest', async (t) => {
  let interrupt = () => {};
  let held: Promise<void> = Promise.resolve();
  const server = await counter(t, (sources) => {
    if (!sources.includes('s200')) return undefined;
    interrupt();
    return held;
  });
  const cwd = folder({ 'events.jsonl': lines(1000) });
  const run = (more: readonly string[]) => {
    const argv = ['send', 'events.jsonl', '--parallel', '2', '--endpoint-url', server.url, ...more];
    const child = spawn(process.execPath, [BUSBAR, ...argv], { cwd, env: CONFIGURED });
    const output = child.stdout.toArray();
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const ended = once(child, 'exit').then(async ([code]) => ({
      code,
      stdout: Buffer.concat(await output).toString(),
      stderr,
    }));
    return { child, ended };
  };
  const first = run([]);
  interrupt = () => {
    interrupt = () => {};
    first.child.kill('SIGINT');
    // The answer waits until the signal is noticed: what is under way must still be counted.
    held = once(first.child.stderr, 'data').then(() => undefined);
  };
  const interrupted = await first.ended;
  assert.equal(interrupted.code, 130);
  assert.match(interrupted.stderr, /^Ctrl-C: what is under way ends first; once more ends at once\.$/m);
  assert.match(interrupted.stdout, /Interrupted\. .*events\.jsonl\.busbar-send remembers how far it came/);
  const before = server.received.length;
  assert.ok(before > 0 && before < 1000, `${before} were sent before`);

  const unsaid = await run([]).ended;
  assert.equal(unsaid.code, 252);
  assert.match(unsaid.stderr, /an earlier run was interrupted after \d+ items: --resume goes on there/);

  const resumed = await run(['--resume']).ended;
  assert.equal(resumed.code, 0, resumed.stderr);
  assert.match(resumed.stdout, /^1,000 sent/);
  assert.equal(new Set(server.received).size, 1000);
  assert.equal(server.received.length, 1000, 'none was sent twice');
});

const BUSBAR = fileURLToPath(new URL('../src/cli/run.ts', import.meta.url));

test('what makes no sense is told, with a way on', async () => {
  const told = async (argv: readonly string[]) => {
    const { code, stderr } = await run(['send', ...argv], { stdin: '' });
    return `${code} ${stderr.trim().split('\n')[0]}`;
  };
  assert.equal(
    await told(['--ratee', '5']),
    '252 busbar send: there is no option --ratee. Did you mean --rate?',
  );
  assert.equal(await told(['--rate']), '252 busbar send: --rate wants its value: --rate N');
  assert.equal(await told(['--resume=1']), '252 busbar send: --resume takes no value.');
  assert.equal(
    await told(['--count', '3']),
    '252 busbar send: --count goes with --template, and without files.',
  );
  assert.equal(await told(['--resume']), '252 busbar send: --resume wants a single file, or --state FILE.');
  assert.match(await told(['nowhere.jsonl']), /^255 busbar send: ENOENT/);
});
