import { Connections } from './load-connections.ts';
import { SOURCE_PREFIX } from './load-events.ts';
import { type OwnProcess, startBusbar } from './load-processes.ts';
import { apiRequest, isOk } from './load-requests.ts';
import type { Setup } from './workload-contract.ts';

/** Starts a bus with one rule, which every entry matches and which owes each event to the target. */
export async function startBusFor(targetUrl: string, setup: Setup): Promise<OwnProcess> {
  const bus = await startBusbar(setup);
  try {
    const pattern = JSON.stringify({ source: [{ prefix: SOURCE_PREFIX }] });
    const requests = [
      apiRequest(bus.url, 'PutRule', { Name: 'bench', EventPattern: pattern }),
      apiRequest(bus.url, 'PutTargets', { Rule: 'bench', Targets: [{ Id: 'target', Arn: targetUrl }] }),
    ];
    const connections = await Connections.open(bus.url, 1, isOk);
    await connections.saturate(() => requests.shift());
    connections.close();
    return bus;
  } catch (error) {
    await bus.stop();
    throw error;
  }
}
