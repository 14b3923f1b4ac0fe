import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';

const busbar = fileURLToPath(new URL('../bin/busbar.js', import.meta.url));

/** A bus in a process of its own, and a client of it. */
export interface BusProcess {
  readonly process: ChildProcess;
  /** The line in which it says where it listens. */
  readonly greeting: string;
  readonly client: EventBridgeClient;
}

/** `busbar start` as users run it, with these options; it is killed when the test ends. */
export async function startBusProcess(t: TestContext, ...options: readonly string[]): Promise<BusProcess> {
  const args = [busbar, 'start', '--port', '0', '--log', 'off', ...options];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => child.kill('SIGKILL'));
  for await (const greeting of createInterface({ input: child.stdout })) {
    const endpoint = /http:\/\/[\d.:]+/.exec(greeting)?.[0];
    if (endpoint === undefined) continue;
    const credentials = { accessKeyId: '111111111111', secretAccessKey: 'secret' };
    const client = new EventBridgeClient({ endpoint, region: 'eu-central-1', credentials, maxAttempts: 1 });
    t.after(() => client.destroy());
    return { process: child, greeting, client };
  }
  throw new Error('the bus ended before it listened');
}

/** Sends the signal and waits for the end; answers the exit code. */
export async function endBusProcess(
  bus: BusProcess,
  signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL',
): Promise<number | null> {
  const exited = once(bus.process, 'exit');
  bus.process.kill(signal);
  const [code] = await exited;
  return code;
}

/** Puts `count` events of source `a` in one call and answers the ids that were acknowledged. */
export async function putEvents({ client }: BusProcess, count: number): Promise<readonly string[]> {
  const Entries = Array.from({ length: count }, () => ({ Source: 'a', DetailType: 't', Detail: '{}' }));
  const { Entries: results = [] } = await client.send(new PutEventsCommand({ Entries }));
  return results.flatMap(({ EventId }) => EventId ?? []);
}
