import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { percentile } from './load-latency.ts';

/** What the figures depend on. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
  /** Of the last minute, before the measurements; above 0 something else is running. */
  readonly load: number;
  /** Appending 4 KiB to a file and syncing it, in the folder of the databases. */
  readonly syncMs: { readonly p50: number; readonly p99: number };
}

/** Describes this machine, and measures what a sync costs in that folder. */
export function describeMachine(dataFolder: string): Machine {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()}`,
    node: process.version,
    load: loadavg()[0] ?? 0,
    syncMs: syncLatency(dataFolder),
  };
}

/** The machine in a line or two. */
export function machineText({ cpu, cores, memoryGiB, system, node, load, syncMs }: Machine): string {
  const disk = `sync of 4 KiB ${syncMs.p50.toFixed(2)} ms (p99 ${syncMs.p99.toFixed(2)} ms)`;
  return `${cpu}, ${cores} cores, ${memoryGiB} GiB, ${system}, Node ${node}\n${disk}, load before ${load.toFixed(2)}`;
}

const SYNCS = 200;

function syncLatency(dataFolder: string): { readonly p50: number; readonly p99: number } {
  const folder = mkdtempSync(join(dataFolder, 'busbar-sync-'));
  const file = openSync(join(folder, 'file'), 'a');
  try {
    const page = Buffer.alloc(4096, 'x');
    const latencies = Array.from({ length: SYNCS }, () => {
      const start = performance.now();
      writeSync(file, page);
      fdatasyncSync(file);
      return performance.now() - start;
    });
    return { p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) };
  } finally {
    closeSync(file);
    rmSync(folder, { recursive: true, force: true });
  }
}
