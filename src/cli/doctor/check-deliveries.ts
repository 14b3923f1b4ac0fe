import type { BusClient } from '../bus/bus-client.ts';
import { isRefusal } from '../bus/bus-clock.ts';
import { PROGRAM } from '../errors.ts';
import type { Finding } from './finding.ts';

interface Deliveries {
  readonly deliveries: { readonly failed: number };
  readonly pausedQueues?: readonly {
    readonly ruleArn: string;
    readonly targetId: string;
    readonly failures: number;
    readonly error: { readonly code: string; readonly message: string };
  }[];
}

/** What a Busbar gave up, and targets that it asks less often for they fail. Nothing for any other service. */
export async function checkDeliveries(bus: BusClient): Promise<readonly Finding[]> {
  const { deliveries, pausedQueues = [] } = await statusOf(bus);
  const failed: Finding = {
    severity: 'error',
    check: 'failed-deliveries',
    resource: 'deliveries',
    what: `${deliveries.failed.toLocaleString('en')} ${deliveries.failed === 1 ? 'delivery was' : 'deliveries were'} given up.`,
    why: 'They are kept until they are sent again; the list tells why each failed.',
    mend: `${PROGRAM} redrive`,
  };
  return [
    ...(deliveries.failed > 0 ? [failed] : []),
    ...pausedQueues.map(
      ({ ruleArn, targetId, failures, error }): Finding => ({
        severity: 'warning',
        check: 'failing-target',
        resource: ruleArn,
        what: `Target ${targetId} of the rule ${ruleArn.replace(/^.*:rule\//, '')} fails: ${failures.toLocaleString('en')} attempts in a row.`,
        why: `The last one: ${error.code}: ${error.message} It is asked again by itself, less and less often.`,
      }),
    ),
  ];
}

async function statusOf(bus: BusClient): Promise<Deliveries> {
  try {
    return await bus.adminJson<Deliveries>('GET', '/_busbar/status');
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { deliveries: { failed: 0 } };
  }
}
