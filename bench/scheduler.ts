import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Bus } from '../src/bus/bus.ts';
import { Configuration, rulePlace } from '../src/bus/configuration.ts';
import { Matchers } from '../src/bus/matchers.ts';
import { Scheduler } from '../src/bus/scheduler.ts';
import { HandClock } from '../src/domain/clock.ts';
import type { Rule } from '../src/domain/rule.ts';
import { noTimeline } from '../src/domain/timeline.ts';
import { openSqliteStore } from '../src/store/sqlite/sqlite-store.ts';

// A bus with very many scheduled rules. Idle: the CPU share of `busbar start` while none of them is due. Together:
// how long the scheduler takes until an event of each is durable on SQLite, when all fire in the same minute.
//
//   node bench/scheduler.ts [folder]     the folder is on the disk to measure; default: the temporary folder

const RULES = 10_000;
const SETTLING_MS = 3_000;
const IDLE_MS = 10_000;
const NOON = Date.UTC(2026, 0, 15, 12);
const TICKS_PER_SECOND = 100;
const scope = { account: '000000000000', region: 'us-east-1' };
const parent = process.argv[2] ?? tmpdir();
const busbar = fileURLToPath(new URL('../bin/busbar.js', import.meta.url));
const log = { info: () => undefined, warn: () => undefined, error: console.error };

/** Puts the rules into a folder; each has one target. */
async function putRules(folder: string, schedule: (n: number) => string): Promise<void> {
  const store = await openSqliteStore(folder);
  const configuration = await Configuration.load(store, { createdAt: 0, pageTokenKey: 'AAAA' });
  const puts = Array.from({ length: RULES }, (_, n) => {
    const rule: Rule = {
      name: `rule-${n}`,
      busName: 'default',
      scheduleExpression: schedule(n),
      scheduledFrom: NOON - 60_000,
      state: 'ENABLED',
      createdBy: scope.account,
      tags: [],
      targets: [{ id: 't', arn: 'http://127.0.0.1:1/' }],
    };
    return configuration.rules.change(rulePlace(scope, 'default', rule.name), () => rule);
  });
  await Promise.all(puts);
  await store.close();
}

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The share of one CPU that `busbar start` takes, in per cent. */
async function idleShare(folder: string): Promise<number> {
  await putRules(folder, (n) => `cron(${n % 60} ${Math.floor(n / 60) % 24} 1 1 ? 2190)`);
  const child = spawn(process.execPath, [busbar, 'start', '--port=0', `--data=${folder}`, '--log=off'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) if (line.includes('http')) break;
  await sleep(SETTLING_MS);
  const before = cpuSeconds(child.pid);
  await sleep(IDLE_MS);
  const share = ((cpuSeconds(child.pid) - before) * 100_000) / IDLE_MS;
  child.kill('SIGTERM');
  await once(child, 'exit');
  return share;
}

// Only Linux tells.
function cpuSeconds(pid: number | undefined): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Milliseconds from noon until the events of all rules are durable. */
async function together(folder: string): Promise<number> {
  await putRules(folder, () => 'cron(0 12 * * ? *)');
  const store = await openSqliteStore(folder);
  const configuration = await Configuration.load(store, { createdAt: 0, pageTokenKey: 'AAAA' });
  const { rules, archives } = configuration;
  const clock = new HandClock(NOON - 1);
  const bus = new Bus({ matchers: new Matchers(rules, log), store, archives, timeline: noTimeline });
  const scheduler = new Scheduler({ rules, bus, clock, log });
  const start = performance.now();
  clock.moveTo(NOON);
  while ((await store.countDeliveries()).owed < RULES) await new Promise(setImmediate);
  const took = performance.now() - start;
  await scheduler.close();
  await store.close();
  return took;
}

async function inFolder(measure: (folder: string) => Promise<number>): Promise<number> {
  const folder = mkdtempSync(join(parent, 'busbar-bench-'));
  try {
    return await measure(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

console.log(`${cpus()[0]?.model}, ${cpus().length} CPUs, Node ${process.version}, ${RULES} scheduled rules`);
console.log(`idle: ${(await inFolder(idleShare)).toFixed(2)} % of one CPU`);
for (let round = 1; round <= 3; round++) {
  const milliseconds = await inFolder(together);
  const rate = Math.round((RULES * 1000) / milliseconds);
  console.log(`together: ${milliseconds.toFixed(0)} ms until all are durable, ${rate} events/s`);
}
