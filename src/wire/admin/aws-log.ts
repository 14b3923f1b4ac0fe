import { createHash } from 'node:crypto';
import type { DeliveryError } from '../../domain/delivery.ts';
import { JsonView } from '../../domain/input/json-view.ts';
import type { TimelineRecord } from '../../domain/timeline.ts';

/** From the fewest records to all of them. */
export const logLevels = ['ERROR', 'INFO', 'TRACE'] as const;
export type LogLevel = (typeof logLevels)[number];

/** A record in the form of AWS's event bus logs; members that are not known here are left out. */
export interface AwsLogRecord {
  readonly resource_arn: string;
  readonly event_id: string;
  readonly invocation_id?: string;
  /** Epoch milliseconds. */
  readonly message_timestamp_ms: number;
  readonly message_type: string;
  readonly log_level: LogLevel;
  readonly details: Readonly<Record<string, unknown>>;
  readonly error?: Readonly<Record<string, unknown>>;
}

interface Step {
  readonly type: string;
  readonly level: LogLevel;
  readonly at?: number;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly invocation?: Invocation;
  readonly error?: Readonly<Record<string, unknown>>;
}

interface Invocation {
  readonly ruleArn: string;
  readonly targetId: string;
}

type Received = Extract<TimelineRecord, { kind: 'received' }>;
type Attempt = Extract<TimelineRecord, { kind: 'attempt' }>;
type Delivery = Extract<TimelineRecord, { kind: 'delivery' }>;

/**
 * What happened to an event, step by step, as AWS's event bus logs tell it: those steps that AWS logs at a
 * level.
 *
 * AWS page: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-logs-schema.html
 */
export function awsLogOf(records: readonly TimelineRecord[], level: LogLevel): readonly AwsLogRecord[] {
  const known = logLevels.indexOf(level);
  return records.flatMap((record, at) =>
    stepsOf(record, records.slice(0, at))
      .filter((step) => logLevels.indexOf(step.level) <= known)
      .map((step) => logRecord(record, step)),
  );
}

function logRecord(record: TimelineRecord, step: Step): AwsLogRecord {
  const { invocation, error } = step;
  return {
    resource_arn: record.busArn,
    event_id: record.eventId,
    ...(invocation === undefined ? {} : { invocation_id: invocationId(record.eventId, invocation) }),
    message_timestamp_ms: step.at ?? record.at,
    message_type: step.type,
    log_level: step.level,
    details: step.details ?? {},
    ...(error === undefined ? {} : { error }),
  };
}

function stepsOf(record: TimelineRecord, before: readonly TimelineRecord[]): readonly Step[] {
  switch (record.kind) {
    case 'received':
      return record.resumed ? [] : stepsOfReceipt(record);
    case 'lost':
      return [{ type: 'EVENT_INGEST_FAILURE', level: 'ERROR', error: errorOf({ message: record.reason }) }];
    case 'attempt':
      return stepsOfAttempt(record);
    case 'delivery':
      return stepsOfDelivery(record, before);
  }
}

function stepsOfReceipt(record: Received): readonly Step[] {
  const details = eventDetails(record);
  const steps: Step[] = [
    { type: 'EVENT_RECEIPT', level: 'TRACE', details },
    { type: 'EVENT_INGEST_SUCCESS', level: 'INFO', details },
    { type: 'RULE_MATCH_START', level: 'TRACE', details },
  ];
  if (record.rules.length === 0) steps.push({ type: 'NO_STANDARD_RULES_MATCHED', level: 'INFO' });
  for (const { arn, targets } of record.rules) {
    const invocationIds = targets.map(({ id }) =>
      invocationId(record.eventId, { ruleArn: arn, targetId: id }),
    );
    steps.push({
      type: 'RULE_MATCH',
      level: 'INFO',
      details: {
        rule_arn: arn,
        target_arns: targets.map((target) => target.arn),
        invocation_ids: invocationIds,
      },
    });
  }
  return steps;
}

function eventDetails({ event }: Received): Readonly<Record<string, unknown>> {
  const view = new JsonView(event.envelope);
  const members = view.members(view.root);
  const text = (name: string): string | undefined => {
    const value = members?.get(name);
    return value === undefined ? undefined : view.json(value);
  };
  const value = (name: string): unknown => {
    const json = text(name);
    return json === undefined ? undefined : JSON.parse(json);
  };
  return {
    caller_account_id: value('account'),
    source_time_ms: Date.parse(String(value('time'))),
    source: value('source'),
    detail_type: value('detail-type'),
    resources: value('resources') ?? [],
    event_detail: text('detail'),
  };
}

const ATTEMPT_ENDS = {
  delivered: { type: 'INVOCATION_ATTEMPT_SUCCESS', level: 'TRACE', status: 'SUCCESS' },
  retryable: { type: 'INVOCATION_ATTEMPT_RETRYABLE_FAILURE', level: 'ERROR', status: 'RETRYABLE_FAILURE' },
  permanent: { type: 'INVOCATION_ATTEMPT_PERMANENT_FAILURE', level: 'ERROR', status: 'PERMANENT_FAILURE' },
  postponed: { type: 'INVOCATION_ATTEMPT_THROTTLE', level: 'ERROR', status: 'THROTTLED' },
} as const;

function stepsOfAttempt({ attempt, ruleArn, targetId }: Attempt): readonly Step[] {
  const { number, startedAt, targetArn, endedAt, response } = attempt;
  const { type, level, status } = ATTEMPT_ENDS[attempt.outcome];
  const invocation = { ruleArn, targetId };
  const begun = { rule_arn: ruleArn, target_arn: targetArn, attempt_count: number };
  const starts: Step[] = [];
  if (number === 1) {
    starts.push({ type: 'INVOCATION_START', level: 'INFO', at: startedAt, details: begun, invocation });
  }
  if (attempt.outcome !== 'postponed') {
    starts.push({
      type: 'INVOCATION_ATTEMPT_START',
      level: 'TRACE',
      at: startedAt,
      details: begun,
      invocation,
    });
  }
  return [
    ...starts,
    {
      type,
      level,
      invocation,
      details: {
        ...begun,
        attempt_type: attempt.outcome === 'postponed' ? 'THROTTLE' : number === 1 ? 'FIRST' : 'RETRY',
        invocation_status: status,
        target_duration_ms: endedAt - startedAt,
        target_response_body: response,
      },
      ...(attempt.error === undefined
        ? {}
        : { error: errorOf({ ...attempt.error, status: attempt.status, targetArn }) }),
    },
  ];
}

const DELIVERY_ENDS = {
  delivered: { type: 'INVOCATION_SUCCESS', level: 'INFO', status: 'SUCCESS' },
  failed: { type: 'INVOCATION_FAILURE', level: 'ERROR', status: 'FAILURE' },
  'dead-lettered': { type: 'INVOCATION_DLQ', level: 'ERROR', status: 'SENT_TO_DLQ' },
} as const;

function stepsOfDelivery(record: Delivery, before: readonly TimelineRecord[]): readonly Step[] {
  const { turn, ruleArn, targetId, targetArn, at } = record;
  // That it is tried again AWS tells with the attempt; empty inputs and redrives are nothing that AWS knows.
  if (turn.kind === 'retrying' || turn.kind === 'nothing-to-deliver' || turn.kind === 'redriven') return [];
  const { type, level, status } = DELIVERY_ENDS[turn.kind];
  const own = before.filter(
    (one): one is Attempt => one.kind === 'attempt' && one.ruleArn === ruleArn && one.targetId === targetId,
  );
  const received = before.find((one): one is Received => one.kind === 'received' && !one.resumed);
  const since = (time: number | undefined) =>
    time === undefined || received === undefined ? undefined : time - received.at;
  const last = own.at(-1)?.attempt;
  const error = 'error' in turn ? errorOf({ ...turn.error, targetArn }) : undefined;
  return [
    {
      type,
      level,
      invocation: { ruleArn, targetId },
      details: {
        rule_arn: ruleArn,
        target_arn: targetArn,
        total_attempts: last?.number ?? 0,
        final_invocation_status: status,
        ingestion_to_start_latency_ms: since(own[0]?.attempt.startedAt),
        ingestion_to_complete_latency_ms: since(at),
        ingestion_to_success_latency_ms: turn.kind === 'delivered' ? since(at) : undefined,
        target_duration_ms: last === undefined ? undefined : last.endedAt - last.startedAt,
        target_response_body: last?.response,
      },
      ...(error === undefined ? {} : { error }),
    },
  ];
}

function errorOf({
  message,
  status,
  targetArn,
}: Pick<DeliveryError, 'message'> & {
  readonly status?: number | undefined;
  readonly targetArn?: string | undefined;
}): Readonly<Record<string, unknown>> {
  return {
    http_status_code: status,
    error_message: message,
    aws_service: targetArn?.startsWith('arn:') === true ? targetArn.split(':')[2] : 'busbar',
  };
}

/** One UUID for each delivery of an event, the same whenever it is asked for. */
function invocationId(eventId: string, { ruleArn, targetId }: Invocation): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([eventId, ruleArn, targetId]))
    .digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x80;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  return hash.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
