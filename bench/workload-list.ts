import { archive } from './workload-archive.ts';
import type { Workload } from './workload-contract.ts';
import { deliver } from './workload-deliver.ts';
import { match } from './workload-match.ts';
import { putEvents } from './workload-put-events.ts';

/** Every workload, in the order in which they are shown. */
export const workloads: readonly Workload[] = [match, putEvents, deliver, archive];
