/**
 * How long a command takes from its start to its end, as a shell sees it: `node bench/cli.ts [--rounds 25]`.
 * The programs take turns in one run, and all of them call the same bus.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bundleCli } from '../scripts/bundle-cli.ts';
import { type Summary, summarize } from './compare-statistics.ts';

interface Program {
  readonly name: string;
  readonly command: string;
  readonly argv: readonly string[];
}

const root = fileURLToPath(new URL('..', import.meta.url));
const ENTRY = `Source=bench,DetailType=started,Detail='{}'`;
const ENV = {
  PATH: process.env['PATH'] ?? '',
  HOME: process.env['HOME'] ?? '',
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
  AWS_REGION: 'us-east-1',
  AWS_DEFAULT_REGION: 'us-east-1',
  AWS_EC2_METADATA_DISABLED: 'true',
};

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '25' } } });
const folder = mkdtempSync(join(tmpdir(), 'busbar-bench-'));
const bus = spawn(
  process.execPath,
  [join(root, 'bin', 'busbar.js'), 'start', '--memory', '--port', '0', '--log', 'off'],
  { env: ENV, stdio: ['ignore', 'pipe', 'inherit'] },
);
try {
  const busbar = await published();
  const [greeting] = await once(bus.stdout.setEncoding('utf8'), 'data');
  const url = /listens on (\S+),/.exec(String(greeting))?.[1] ?? '';
  report(measure(programs(busbar, url), Number(values.rounds)));
} finally {
  bus.kill();
  rmSync(folder, { recursive: true, force: true });
}

// As it is installed: without the source, which a clone would run.
async function published(): Promise<string> {
  cpSync(join(root, 'bin'), join(folder, 'bin'), { recursive: true });
  cpSync(join(root, 'package.json'), join(folder, 'package.json'));
  await bundleCli(root, join(folder, 'dist', 'cli'));
  return join(folder, 'bin', 'busbar.js');
}

function programs(busbar: string, url: string): readonly Program[] {
  const put = ['events', 'put-events', '--entries', ENTRY, '--endpoint-url', url];
  const aws = findAws();
  return [
    { name: 'node -e 0', command: process.execPath, argv: ['-e', '0'] },
    { name: 'busbar --version', command: process.execPath, argv: [busbar, '--version'] },
    { name: 'busbar events put-events', command: process.execPath, argv: [busbar, ...put] },
    ...(aws === undefined ? [] : [{ name: `aws events put-events (${aws})`, command: 'aws', argv: put }]),
  ];
}

function findAws(): string | undefined {
  try {
    const version = execFileSync('aws', ['--version'], { encoding: 'utf8', env: ENV });
    return version.split(' ')[0];
  } catch {
    return undefined;
  }
}

function measure(compared: readonly Program[], rounds: number): ReadonlyMap<Program, Summary> {
  const times = new Map(compared.map((program) => [program, [] as number[]]));
  // The first two rounds warm the bus, the disk's cache and Node's.
  for (let round = -2; round < rounds; round += 1) {
    for (const program of compared) {
      const elapsed = runOnce(program);
      if (round >= 0) times.get(program)?.push(elapsed);
    }
  }
  return new Map([...times].map(([program, all]) => [program, summarize(all)]));
}

function runOnce({ name, command, argv }: Program): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(command, [...argv], { env: ENV });
  const elapsed = performance.now() - start;
  if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`);
  return elapsed;
}

function report(times: ReadonlyMap<Program, Summary>): void {
  const base = [...times.values()][0]?.median ?? Number.NaN;
  console.log('| command | median | spread | times node -e 0 |\n|---|---:|---:|---:|');
  for (const [{ name }, { median, spread }] of times) {
    const row = [
      `${median.toFixed(1)} ms`,
      `${((spread / median) * 100).toFixed(0)} %`,
      (median / base).toFixed(2),
    ];
    console.log(`| ${name} | ${row.join(' | ')} |`);
  }
}
