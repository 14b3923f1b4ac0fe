import { archive } from './workload-archive.ts';
import { backlog } from './workload-backlog.ts';
import type { Workload } from './workload-contract.ts';
import { oneHangs, oneRefuses } from './workload-dead-target.ts';
import { deliver } from './workload-deliver.ts';
import { match } from './workload-match.ts';
import { putEvents } from './workload-put-events.ts';
import { targets } from './workload-targets.ts';

/** Every workload, in the order in which they are shown. */
export const workloads: readonly Workload[] = [
  match,
  putEvents,
  deliver,
  targets,
  oneRefuses,
  oneHangs,
  backlog,
  archive,
];
