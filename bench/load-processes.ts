import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Setup } from './workload-contract.ts';

/** A program of ours in a process of its own. */
export interface OwnProcess {
  /** What its first line of output named. */
  readonly url: string;
  /** CPU time it has used up to now, user and system; undefined where the system doesn't tell. */
  cpuSeconds(): number | undefined;
  /** The most memory that it has had resident up to now, in bytes; undefined where the system doesn't tell. */
  peakResidentBytes(): number | undefined;
  /** Ends it, and removes what it wrote. */
  stop(): Promise<void>;
}

/** Starts `busbar start` of a source tree on a database of its own, or on that of a folder, which it leaves there. */
export async function startBusbar(
  { tree, dataFolder, profileFolder }: Setup,
  existingFolder?: string,
): Promise<OwnProcess> {
  const folder = existingFolder ?? mkdtempSync(join(dataFolder, 'busbar-bench-'));
  const flags = profileFolder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`];
  const program = join(tree, 'bin', 'busbar.js');
  const args = [...flags, program, 'start', '--port=0', `--data=${folder}`, '--log=error'];
  return start(args, () => {
    if (existingFolder === undefined) rmSync(folder, { recursive: true, force: true });
  });
}

/** Lets a source tree's store owe so many events of that size to a target, and a few to another one. */
export async function fillBacklog(
  { tree }: Setup,
  backlog: { readonly folder: string; readonly count: number; readonly bytes: number },
): Promise<void> {
  const { folder, count, bytes } = backlog;
  await runToEnd([beside('load-backlog.ts'), tree, folder, String(count), String(bytes)]);
}

/** Starts the bare server, which answers every request with that many bytes. */
export async function startBareServer(answerBytes: number): Promise<OwnProcess> {
  return start([beside('load-bare-server.ts'), String(answerBytes)]);
}

/** Lets a bare HTTP client POST `count` bodies of so many bytes to a URL; resolves when all were answered. */
export async function runBareClient(url: string, post: { count: number; bytes: number }): Promise<void> {
  const { count, bytes } = post;
  await runToEnd([beside('load-bare-client.ts'), url, String(count), String(bytes)]);
}

async function runToEnd(args: readonly string[]): Promise<void> {
  const { child, forget } = launch(args);
  const [code] = await once(child, 'exit');
  forget();
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}.`);
}

function beside(name: string): string {
  return fileURLToPath(new URL(`./${name}`, import.meta.url));
}

interface Launched {
  readonly child: ChildProcess;
  /** Once it has ended by itself. */
  readonly forget: () => void;
}

function launch(args: readonly string[], clean: () => void = () => undefined): Launched {
  // The bare ones end when this pipe does, however this process ended.
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const abandon = () => {
    child.kill('SIGKILL');
    clean();
  };
  process.once('exit', abandon);
  return { child, forget: () => process.off('exit', abandon) };
}

async function start(args: readonly string[], clean: () => void = () => undefined): Promise<OwnProcess> {
  const { child, forget } = launch(args, clean);
  const stop = async () => {
    await end(child);
    forget();
    clean();
  };
  try {
    return {
      url: await firstUrl(child),
      cpuSeconds: () => cpuSeconds(child),
      peakResidentBytes: () => peakResidentBytes(child),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function firstUrl(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('The output of the server is not piped.');
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/[\d.:]+/.exec(line)?.[0];
    if (url !== undefined) return `${url}/`;
  }
  throw new Error(`${child.spawnargs.join(' ')} ended before it listened.`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

// What Linux counts in on every architecture that Node runs on.
const TICKS_PER_SECOND = 100;

function cpuSeconds({ pid }: ChildProcess): number | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined; // not Linux
  }
  // The second field is the program's name and may hold anything, so the counting begins after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

function peakResidentBytes({ pid }: ChildProcess): number | undefined {
  try {
    const kibibytes = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
  } catch {
    return undefined; // not Linux
  }
}
