import type { Target } from '../../api-model/types.generated.ts';
import { type Arn, parseArn } from '../../domain/arn.ts';
import { awsKinds } from './aws-kinds.ts';
import type { TargetKind, TargetSettings } from './target-kind.ts';

/** A kind of target as the table has it. */
export interface KindEntry<Kind extends TargetKind = TargetKind> {
  /** For people: what a target's ARN looks like. */
  readonly looksLike: string;
  /** The resources of its service's ARNs that can be a target; all where it is left out. */
  readonly resource?: RegExp;
  /** Whether AWS wants a RoleArn for it, if only where the target is in another account than its rule. */
  readonly role?: 'required' | 'across accounts';
  /** What else is wrong with a target of this kind, in AWS's words where they are known. */
  readonly refuse?: (target: Target) => string | undefined;
  /** Loaded with the first delivery: an SDK client is not small. */
  readonly load: (settings: TargetSettings) => Promise<Kind>;
}

const http: KindEntry = {
  looksLike: 'an HTTP endpoint (https://… or http://…)',
  load: async (settings) => (await import('./http.ts')).createHttpTarget(settings),
};

const apiDestination: KindEntry = {
  looksLike: 'an API destination (arn:aws:events:REGION:ACCOUNT:api-destination/NAME/UUID)',
  load: async (settings) => (await import('./api-destination.ts')).createApiDestinationTarget(settings),
};

/** Queues: as targets, and as what takes the dead letters of all others. */
export const sqs = {
  looksLike: 'an Amazon SQS queue (arn:aws:sqs:REGION:ACCOUNT:NAME)',
  load: async (settings: TargetSettings) => (await import('./sqs.ts')).createSqsTarget(settings),
} satisfies KindEntry;

const eventBus: KindEntry = {
  looksLike: 'an event bus (arn:aws:events:REGION:ACCOUNT:event-bus/NAME)',
  load: async (settings) => (await import('./event-bus.ts')).createEventBusTarget(settings),
};

/**
 * Every kind of target, by the service of its ARN (for EventBridge's own, and the kind of resource) or, for
 * Busbar's own, the scheme of its URL.
 */
const kinds: ReadonlyMap<string, KindEntry> = new Map([
  ['sqs', sqs],
  ...awsKinds,
  ['http', http],
  ['https', http],
  ['events api-destination', apiDestination],
  ['events event-bus', eventBus],
]);

/** The kind that this ARN or URL is a target of; undefined when it is none of them. */
export function kindOf(arn: string): KindEntry | undefined {
  return kinds.get(kindName(arn) ?? '');
}

function kindName(arn: string): string | undefined {
  const parsed = parseArn(arn);
  if (parsed !== undefined) {
    const own = `${parsed.service} ${parsed.resource.split('/')[0]}`;
    return kinds.has(own) ? own : parsed.service;
  }
  if (!/^https?:\/\//.test(arn) || !URL.canParse(arn)) return undefined;
  return new URL(arn).protocol.slice(0, -1);
}

/**
 * Why nothing can be delivered to this target of a rule in that account, in AWS's words where they are known;
 * undefined when it can.
 */
export function refuseTarget(target: Target, account: string): string | undefined {
  const { arn } = target;
  const name = kindName(arn);
  const wrongForm = `Parameter ${arn} is not valid. Reason: Provided Arn is not in correct format.`;
  if (name === undefined) return wrongForm;
  const kind = kinds.get(name);
  if (kind === undefined) {
    const supported = [...new Set(kinds.values())].map(({ looksLike }) => looksLike).join(', ');
    return `Parameter ${arn} is not valid. Reason: Busbar does not deliver to ${name} yet, only to ${supported}.`;
  }
  const parsed = parseArn(arn);
  if (kind.resource !== undefined && !isOfForm(parsed, kind.resource)) return wrongForm;
  const needsRole =
    kind.role === 'required' || (kind.role === 'across accounts' && parsed?.account !== account);
  if (needsRole && target.roleArn === undefined) return `RoleArn is required for target ${arn}.`;
  return kind.refuse?.(target);
}

// The region becomes part of a host's name.
const REGION = /^[a-z]{2,}(-[a-z]+)+-\d+$/;

function isOfForm(arn: Arn | undefined, resource: RegExp): boolean {
  return (
    arn !== undefined &&
    REGION.test(arn.region) &&
    /^\d{12}$/.test(arn.account) &&
    resource.test(arn.resource)
  );
}
