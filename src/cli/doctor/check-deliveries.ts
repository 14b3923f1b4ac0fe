import type { BusClient } from '../bus/bus-client.ts';
import { isRefusal } from '../bus/bus-clock.ts';
import { PROGRAM } from '../errors.ts';
import { listFailed } from '../redrive/failed-deliveries.ts';
import type { Finding } from './finding.ts';

interface PausedQueue {
  readonly ruleArn: string;
  readonly targetId: string;
  readonly failures: number;
  readonly error: { readonly code: string; readonly message: string };
}

const COUNTED = 1000;

/** What a Busbar gave up, and targets that it asks less often for they fail. Nothing for any other service. */
export async function checkDeliveries(bus: BusClient): Promise<readonly Finding[]> {
  try {
    return [...(await failedDeliveries(bus)), ...(await failingTargets(bus))];
  } catch (error) {
    if (isRefusal(error)) return [];
    throw error;
  }
}

async function failedDeliveries(bus: BusClient): Promise<readonly Finding[]> {
  const { failed, hasMore } = await listFailed(bus, ALL, COUNTED);
  if (failed.length === 0) return [];
  const count = `${hasMore ? 'More than ' : ''}${failed.length.toLocaleString('en')}`;
  return [
    {
      severity: 'error',
      check: 'failed-deliveries',
      resource: 'deliveries',
      what: `${count} ${failed.length === 1 ? 'delivery was' : 'deliveries were'} given up.`,
      why: 'They are kept until they are sent again; the list tells why each failed.',
      mend: `${PROGRAM} redrive`,
    },
  ];
}

const ALL = { bus: undefined, rule: undefined, target: undefined, error: undefined };

async function failingTargets(bus: BusClient): Promise<readonly Finding[]> {
  const { pausedQueues = [] } = await bus.adminJson<{ readonly pausedQueues?: readonly PausedQueue[] }>(
    'GET',
    '/_busbar/status',
  );
  return pausedQueues.map(({ ruleArn, targetId, failures, error }) => ({
    severity: 'warning',
    check: 'failing-target',
    resource: ruleArn,
    what: `Target ${targetId} of the rule ${ruleArn.replace(/^.*:rule\//, '')} fails: ${failures.toLocaleString('en')} attempts in a row.`,
    why: `The last one: ${error.code}: ${error.message} It is asked again by itself, less and less often.`,
  }));
}
