import type { Operations, Tag } from '../api-model/types.generated.ts';
import { busPlace, rulePlace } from '../bus/configuration.ts';
import { parseArn } from '../domain/arn.ts';
import { ServiceError } from '../domain/errors.ts';
import { DEFAULT_BUS, type EventBus } from '../domain/event-bus.ts';
import type { Rule } from '../domain/rule.ts';
import type { Scope } from '../domain/scope.ts';
import type { ActionContext } from './action.ts';
import { existingBus, existingRule } from './named.ts';
import { checkBusAccess } from './named-access.ts';
import { refuseTaggingManaged } from './refuse-managed.ts';

type TagOperation = keyof Operations & ('TagResource' | 'UntagResource' | 'ListTagsForResource');

/** What can bear tags: a rule, or an event bus by itself. */
interface TaggedPlace {
  readonly scope: Scope;
  readonly busName: string;
  readonly ruleName: string | undefined;
}

/** The tags of what an ARN names. Throws when it is not there, or not the caller's to see. */
export function tagsOf(arn: string, operation: TagOperation, context: ActionContext): readonly Tag[] {
  const { scope, busName, ruleName } = taggedPlace(arn, operation, context);
  const { configuration } = context;
  const bus = existingBus(busName, scope, configuration);
  if (ruleName === undefined) return bus.tags;
  return existingRule(configuration.rule(scope, busName, ruleName), ruleName, busName).tags;
}

/** Replaces the tags of what an ARN names. Throws as `tagsOf` does, and for a rule that a service manages. */
export async function changeTags(
  arn: string,
  operation: TagOperation,
  { context, change }: { context: ActionContext; change: (tags: readonly Tag[]) => readonly Tag[] },
): Promise<void> {
  const { scope, busName, ruleName } = taggedPlace(arn, operation, context);
  const { configuration } = context;
  const bus = existingBus(busName, scope, configuration);
  if (ruleName === undefined) {
    await configuration.eventBuses.change(busPlace(scope, busName), (current): EventBus => {
      const present = current ?? bus;
      return { ...present, tags: change(present.tags) };
    });
    return;
  }
  await configuration.rules.change(rulePlace(scope, busName, ruleName), (current): Rule => {
    const rule = existingRule(current, ruleName, busName);
    refuseTaggingManaged(rule);
    return { ...rule, tags: change(rule.tags) };
  });
}

function taggedPlace(arn: string, operation: TagOperation, context: ActionContext): TaggedPlace {
  const place = readPlace(arn);
  const bus = { scope: place.scope, name: place.busName };
  const keys = {
    'events:creatorAccount':
      place.ruleName === undefined
        ? undefined
        : context.configuration.rule(place.scope, place.busName, place.ruleName)?.createdBy,
  };
  checkBusAccess(bus, { operation, resource: arn, keys }, context);
  return place;
}

const BUS = 'event-bus/';
const RULE = 'rule/';

function readPlace(text: string): TaggedPlace {
  const arn = parseArn(text);
  // One spelling for each resource: policies compare ARNs as they are written.
  if (arn?.partition === 'aws' && arn.service === 'events' && arn.account !== '' && arn.region !== '') {
    const scope = { account: arn.account, region: arn.region };
    if (arn.resource.startsWith(BUS)) {
      return { scope, busName: arn.resource.slice(BUS.length), ruleName: undefined };
    }
    if (arn.resource.startsWith(RULE) && !arn.resource.startsWith(`${RULE}${DEFAULT_BUS}/`)) {
      return { scope, ...ruleIn(arn.resource.slice(RULE.length)) };
    }
  }
  throw new ServiceError(
    'ValidationException',
    `Parameter ${text} is not valid. Reason: Provided Arn is not in correct format.`,
  );
}

/** Names of partner event buses hold slashes, names of rules don't: the last one separates. */
function ruleIn(path: string): { readonly busName: string; readonly ruleName: string } {
  const slash = path.lastIndexOf('/');
  if (slash < 0) return { busName: DEFAULT_BUS, ruleName: path };
  return { busName: path.slice(0, slash), ruleName: path.slice(slash + 1) };
}
