import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { compare, summarize } from '../bench/compare-statistics.ts';
import { Connections } from '../bench/load-connections.ts';
import { workloads } from '../bench/workload-list.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const bench = join(root, 'bench', 'run.ts');

interface Report {
  readonly trees: readonly {
    readonly label: string;
    readonly series: readonly {
      readonly workload: string;
      readonly figure: string;
      readonly median: number;
    }[];
  }[];
  readonly comparison?: readonly { readonly verdict: string }[];
}

/** Runs the benchmark as briefly as it goes; nothing is claimed about its figures. */
async function runBench(t: test.TestContext, ...args: readonly string[]): Promise<Report> {
  const data = mkdtempSync(join(tmpdir(), 'busbar-bench-test-'));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  const options = ['--rounds=1', '--scale=0.02', '--output=json', `--data=${data}`];
  const { stdout } = await promisify(execFile)(process.execPath, [bench, ...args, ...options]);
  assert.deepEqual(readdirSync(data), [], 'databases stayed behind');
  return JSON.parse(stdout);
}

for (const { name } of workloads) {
  test(`the workload ${name} runs to its end`, async (t) => {
    const { trees } = await runBench(t, name);
    const series = trees[0]?.series ?? [];
    assert.ok(series.length >= 2, 'a figure and a baseline');
    for (const { workload, figure, median } of series) {
      assert.equal(workload, name);
      assert.ok(median > 0 && Number.isFinite(median), `${figure} is ${median}`);
    }
  });
}

const skip = existsSync(join(root, '.git')) ? false : 'only a clone has refs to compare with';

test('a comparison with a ref leaves no worktree behind', { skip }, async (t) => {
  const worktrees = () =>
    execFileSync('git', ['worktree', 'list', '--porcelain'], { cwd: root, encoding: 'utf8' });
  const { trees, comparison } = await runBench(t, 'match', '--compare', 'HEAD');
  assert.deepEqual(
    trees.map(({ label }) => label.split(' ')[0]),
    ['HEAD', 'working'],
  );
  assert.equal(comparison?.length, trees[0]?.series.length);
  assert.doesNotMatch(worktrees(), /busbar-compare-/);
});

test('a ref that git does not know is refused', { skip }, async (t) => {
  await assert.rejects(runBench(t, 'match', '--compare', 'no-such-ref'), /no-such-ref/);
});

test('what is no workload is refused, with the names of those there are', async (t) => {
  await assert.rejects(runBench(t, 'mtach'), /no workload mtach, only match, put-events, deliver/);
});

test('a connection that the server closed fails instead of waiting for an answer', async (t) => {
  const server = createServer((socket) => socket.end());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const connections = await Connections.open(`http://127.0.0.1:${port}`, 1, () => undefined);
  const request = Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  for (const moment of ['before it is noticed', 'afterwards']) {
    await assert.rejects(
      connections.saturate(() => request),
      moment,
    );
  }
});

test('the spread is the width of the middle half', () => {
  assert.deepEqual(summarize([5, 1, 4, 2, 3]), { median: 3, spread: 2 });
  assert.deepEqual(summarize([1, 2]), { median: 1.5, spread: 0.5 });
  assert.deepEqual(summarize([7]), { median: 7, spread: 0 });
});

test('a difference inside the wider spread is noise, and beyond it better or worse', () => {
  const base = { median: 100, spread: 4 };
  assert.equal(compare(base, { median: 110, spread: 10 }, 'higher').verdict, 'noise');
  assert.equal(compare(base, { median: 110, spread: 9 }, 'higher').verdict, 'better');
  assert.equal(compare(base, { median: 110, spread: 9 }, 'lower').verdict, 'worse');
  assert.deepEqual(compare(base, { median: 90, spread: 1 }, 'lower'), { ratio: 0.9, verdict: 'better' });
});
