import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Measurement, Setup } from './workload-contract.ts';
import { workloads } from './workload-list.ts';

interface Order {
  readonly name: string;
  readonly setup: Setup;
}

const TIMEOUT_MS = 120_000;

/** Measures a workload once, in a fresh process. Rejects when it fails, takes too long, or is called off. */
export function measureInProcess(name: string, setup: Setup, signal: AbortSignal): Promise<Measurement> {
  return new Promise((resolve, reject) => {
    const { timeout, ...options } = { timeout: TIMEOUT_MS, signal, killSignal: 'SIGTERM' as const };
    const child = fork(fileURLToPath(import.meta.url), { ...options, timeout });
    let measurement: Measurement | undefined;
    child.on('message', (message) => {
      measurement = message as Measurement;
    });
    child.on('error', reject);
    child.on('exit', (code, endedBy) => {
      if (code === 0 && measurement !== undefined) resolve(measurement);
      else {
        const how = child.killed
          ? `was ended after ${TIMEOUT_MS / 1000} s at the latest`
          : `ended with ${endedBy ?? code}`;
        reject(new Error(`${name} on ${setup.tree} ${how}.`));
      }
    });
    child.send({ name, setup } satisfies Order);
  });
}

async function measure({ name, setup }: Order): Promise<Measurement> {
  const workload = workloads.find((candidate) => candidate.name === name);
  if (workload === undefined) throw new Error(`There is no workload ${name}.`);
  const run = await workload.prepare(setup);
  try {
    return await run.measure();
  } finally {
    await run.close();
  }
}

if (import.meta.main) {
  // Leaving through exit ends the processes that this one started.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(1));
  process.once('disconnect', () => process.exit(1));
  process.once('message', async (order: Order) => {
    const measurement = await measure(order);
    process.send?.(measurement, () => process.exit(0));
  });
}
