import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { CONFIGURED, folder, run } from './cli-run.ts';
import { startTestBus, type TestBus } from './running-bus.ts';

const ENV = { ...CONFIGURED, AWS_ACCESS_KEY_ID: '111111111111', AWS_REGION: 'eu-central-1' };

async function archives(t: TestContext): Promise<{
  readonly bus: TestBus;
  readonly count: (name: string) => Promise<unknown>;
  readonly archive: (
    argv: readonly string[],
    place?: { cwd?: string; stdin?: string },
  ) => ReturnType<typeof run>;
}> {
  const bus = await startTestBus(t);
  for (const ArchiveName of ['from', 'to']) {
    await bus.call('CreateArchive', {
      ArchiveName,
      EventSourceArn: 'arn:aws:events:eu-central-1:111111111111:event-bus/default',
      ...(ArchiveName === 'to' ? { EventPattern: '{"source":["nobody"]}' } : {}),
    });
  }
  return {
    bus,
    count: async (ArchiveName) => (await bus.call('DescribeArchive', { ArchiveName })).json['EventCount'],
    archive: (argv, place = {}) =>
      run(['archive', ...argv, '--endpoint-url', bus.url], { env: ENV, ...place }),
  };
}

const event = (n: number) => ({
  time: new Date(Date.UTC(2026, 0, 1, 0, 0, n)).toISOString(),
  source: 'shop',
  'detail-type': 'order',
  detail: { n, text: 'é' },
});
const lines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `${JSON.stringify(event(from + index))}\n`).join('');

test('what is exported goes in elsewhere, byte for byte, through files and pipes', async (t) => {
  const { archive, count } = await archives(t);
  const cwd = folder({
    'a.jsonl': lines(0, 1500),
    'b.json': JSON.stringify([event(1500), event(1501)], null, 2),
  });
  assert.deepEqual(await archive(['import', 'from', 'a.jsonl', 'b.json'], { cwd }), {
    code: 0,
    stdout: '1,502 events went into the archive from.\n',
    stderr: '',
  });
  const { code, stdout } = await archive(['export', 'from', 'all.jsonl'], { cwd });
  assert.equal(code, 0);
  assert.match(stdout, /^1,502 events of the archive from, \d+ KB, are in all\.jsonl\n$/);
  const exported = readFileSync(join(cwd, 'all.jsonl'), 'utf8');
  assert.equal((await archive(['export', 'from'])).stdout, exported);
  assert.equal((await archive(['import', 'to'], { stdin: exported })).code, 0);
  assert.equal(await count('to'), 1502);
  assert.equal((await archive(['export', 'to', '-'])).stdout, exported);
});

test('a window of time, and a file that is there already', async (t) => {
  const { archive } = await archives(t);
  const cwd = folder({ 'there.jsonl': 'precious' });
  await archive(['import', 'from'], { stdin: lines(0, 30) });
  const { stdout } = await archive([
    'export',
    'from',
    '--from',
    '2026-01-01T00:00:10Z',
    '--to',
    '2026-01-01T00:00:12Z',
  ]);
  assert.deepEqual(
    stdout
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text).detail.n),
    [10, 11],
  );
  const { code, stderr } = await archive(['export', 'from', 'there.jsonl'], { cwd });
  assert.equal(code, 255);
  assert.match(stderr, /there\.jsonl is there already; --force replaces it\./);
  assert.equal(readFileSync(join(cwd, 'there.jsonl'), 'utf8'), 'precious');
  const forced = await archive(['export', 'from', 'there.jsonl', '--force', '--output', 'json'], { cwd });
  assert.equal(JSON.parse(forced.stdout).events, 30);
});

test('an item that is no event is named, and the import goes on behind what is in', async (t) => {
  const { archive, count } = await archives(t);
  const broken = `${lines(0, 1200)}{"time":"2026-01-01T00:00:00Z","source":"shop","detail":{}}\n${lines(1200, 1210)}`;
  const { code, stdout, stderr } = await archive(['import', 'from'], { stdin: broken });
  assert.deepEqual([code, stdout], [1, '1,000 events went into the archive from.\n']);
  assert.match(
    stderr,
    /^\nItem 1,201 is no event: .*detail-type.*\.\nMend it, and go on where this stopped with --skip 1000\n$/,
  );
  assert.equal(await count('from'), 1000);
  const mended = `${lines(0, 1200)}${lines(1200, 1210)}`;
  assert.equal((await archive(['import', 'from', '--skip', '1000'], { stdin: mended })).code, 0);
  assert.equal(await count('from'), 1210);
  const first = await archive(['import', 'to'], { stdin: 'null' });
  assert.match(first.stderr, /^\nItem 1 is no event: .*\nMend it, and begin once more\n$/);
  const half = await archive(['import', 'to'], { stdin: `[${JSON.stringify(event(1))},` });
  assert.equal(half.code, 1);
  assert.match(half.stderr, /^\nItem 2 is no event: /);
});

test('what makes no sense is told', async (t) => {
  const { archive } = await archives(t);
  for (const argv of [
    [],
    ['move', 'from'],
    ['export'],
    ['export', 'from', 'a', 'b'],
    ['import', 'from', '--force'],
    ['export', 'from', '--skip', '1'],
  ]) {
    assert.equal((await archive(argv)).code, 252, argv.join(' '));
  }
  const missing = await archive(['export', 'nothing']);
  assert.equal(missing.code, 254);
  assert.match(missing.stderr, /Archive nothing does not exist/);
  assert.match((await archive(['import', 'from', 'nowhere.jsonl'])).stderr, /no such file/);
});

/** A service that hands out one line of an export, and then hangs up or says nothing more. */
async function stalling(t: TestContext, end: 'hangs up' | 'is silent'): Promise<string> {
  const server = createServer((request, response) => {
    request.resume();
    if (request.url?.startsWith('/_busbar/archives/') !== true) response.end('{}');
    else {
      response.write('{"n":1}\n', () => {
        if (end === 'hangs up') response.destroy();
        else process.emit('SIGINT');
      });
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('an export that is interrupted, or broken off, says that it is not complete', async (t) => {
  const cwd = folder({});
  const silent = await stalling(t, 'is silent');
  const interrupted = await run(['archive', 'export', 'a', 'a.jsonl', '--endpoint-url', silent], {
    env: ENV,
    cwd,
  });
  assert.equal(interrupted.code, 130);
  assert.match(
    interrupted.stderr,
    /^Interrupted after [01] events? of the archive a, .*: the export is not complete\.\n$/,
  );
  const lost = await stalling(t, 'hangs up');
  const broken = await run(['archive', 'export', 'a', 'b.jsonl', '--endpoint-url', lost], { env: ENV, cwd });
  assert.equal(broken.code, 255);
  assert.match(broken.stderr, /The connection was lost after 1 events; export once more\./);
});
