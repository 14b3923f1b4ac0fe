import type { Operations } from '../api-model/types.generated.ts';
import type { Action } from './action.ts';
import { cancelReplay } from './cancel-replay.ts';
import { createArchive } from './create-archive.ts';
import { createEventBus } from './create-event-bus.ts';
import { deleteArchive } from './delete-archive.ts';
import { deleteEventBus } from './delete-event-bus.ts';
import { deleteRule } from './delete-rule.ts';
import { describeArchive } from './describe-archive.ts';
import { describeEventBus } from './describe-event-bus.ts';
import { describeReplay } from './describe-replay.ts';
import { describeRule } from './describe-rule.ts';
import { disableRule } from './disable-rule.ts';
import { enableRule } from './enable-rule.ts';
import { listArchives } from './list-archives.ts';
import { listEventBuses } from './list-event-buses.ts';
import { listReplays } from './list-replays.ts';
import { listRules } from './list-rules.ts';
import { listTargetsByRule } from './list-targets-by-rule.ts';
import { putEvents } from './put-events.ts';
import { putRule } from './put-rule.ts';
import { putTargets } from './put-targets.ts';
import { removeTargets } from './remove-targets.ts';
import { startReplay } from './start-replay.ts';
import { testEventPattern } from './test-event-pattern.ts';
import { updateArchive } from './update-archive.ts';
import { updateEventBus } from './update-event-bus.ts';

/** The operations that Busbar implements, by name. The others answer that they are not implemented yet. */
export const actions: { readonly [Name in keyof Operations]?: Action<Name> } = {
  CancelReplay: cancelReplay,
  CreateArchive: createArchive,
  CreateEventBus: createEventBus,
  DeleteArchive: deleteArchive,
  DeleteEventBus: deleteEventBus,
  DeleteRule: deleteRule,
  DescribeArchive: describeArchive,
  DescribeEventBus: describeEventBus,
  DescribeReplay: describeReplay,
  DescribeRule: describeRule,
  DisableRule: disableRule,
  EnableRule: enableRule,
  ListArchives: listArchives,
  ListEventBuses: listEventBuses,
  ListReplays: listReplays,
  ListRules: listRules,
  ListTargetsByRule: listTargetsByRule,
  PutEvents: putEvents,
  PutRule: putRule,
  PutTargets: putTargets,
  RemoveTargets: removeTargets,
  StartReplay: startReplay,
  TestEventPattern: testEventPattern,
  UpdateArchive: updateArchive,
  UpdateEventBus: updateEventBus,
};
