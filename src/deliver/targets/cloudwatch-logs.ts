import {
  CloudWatchLogsClient,
  CreateLogStreamCommand,
  PutLogEventsCommand,
  type RejectedLogEventsInfo,
} from '@aws-sdk/client-cloudwatch-logs';
import { parseArn } from '../../domain/arn.ts';
import type { LeasedDelivery } from '../../domain/delivery.ts';
import { createBatchTarget } from './aws-batch.ts';
import { AwsClients, type AwsSettings } from './aws-clients.ts';
import { type LogEvent, logEventOf } from './log-event.ts';
import { delivered, type Invocation, type Outcome, permanent } from './target-kind.ts';

/**
 * CloudWatch Logs groups: each input is a log event, in a stream of the rule and target, which is made where it
 * is missing.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
 */
export function createCloudWatchLogsTarget(settings: AwsSettings) {
  return createBatchTarget(
    {
      name: 'Amazon CloudWatch Logs',
      limits: { entries: 10_000, bytes: 1024 * 1024, bytesPerEntry: 26 },
      clients: new AwsClients('CLOUDWATCH_LOGS', settings, (config) => new CloudWatchLogsClient(config)),
      entryOf: logEventOf,
      send: putLogEvents,
    },
    settings,
  );
}

/** Log events have to come in the order of their times. */
async function putLogEvents(
  client: CloudWatchLogsClient,
  events: readonly LogEvent[],
  { target, delivery, signal }: Invocation,
): Promise<readonly Outcome[]> {
  const place = { logGroupName: logGroupOf(target.arn), logStreamName: logStreamOf(delivery) };
  const sorted = [...events].sort((a, b) => a.timestamp - b.timestamp);
  const put = () =>
    client.send(new PutLogEventsCommand({ ...place, logEvents: sorted }), { abortSignal: signal });
  const answer = await put().catch(async (error: unknown) => {
    if (!isNamed(error, 'ResourceNotFoundException')) throw error;
    await createStream(client, place, signal);
    return put();
  });
  const outcomes = new Map(sorted.map((event, n) => [event, outcomeAt(n, answer.rejectedLogEventsInfo)]));
  return events.map((event) => outcomes.get(event) ?? delivered);
}

/** Rejects when there is no such group. */
async function createStream(
  client: CloudWatchLogsClient,
  place: { readonly logGroupName: string; readonly logStreamName: string },
  abortSignal: AbortSignal,
): Promise<void> {
  try {
    await client.send(new CreateLogStreamCommand(place), { abortSignal });
  } catch (error) {
    // Another call was faster.
    if (!isNamed(error, 'ResourceAlreadyExistsException')) throw error;
  }
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}

/** What became of the nth event of a call that was taken. */
function outcomeAt(n: number, rejected: RejectedLogEventsInfo = {}): Outcome {
  const { expiredLogEventEndIndex = 0, tooOldLogEventEndIndex = 0, tooNewLogEventStartIndex } = rejected;
  if (n < Math.max(expiredLogEventEndIndex, tooOldLogEventEndIndex)) {
    return permanent('SDK_CLIENT_ERROR', 'Amazon CloudWatch Logs takes no event of that age.');
  }
  return tooNewLogEventStartIndex !== undefined && n >= tooNewLogEventStartIndex
    ? permanent('SDK_CLIENT_ERROR', 'Amazon CloudWatch Logs takes no event from so far in the future.')
    : delivered;
}

/** ARNs of groups come with `:*` at their end, and without. */
function logGroupOf(arn: string): string {
  return parseArn(arn)?.resource.replace(/^log-group:|:\*$/g, '') ?? '';
}

/** `RULE/TARGET`, or `BUS/RULE/TARGET`: names of streams must not have colons or asterisks. */
function logStreamOf({ owner, targetId }: LeasedDelivery): string {
  const rule = parseArn(owner)?.resource.replace(/^rule\//, '') ?? owner;
  return `${rule}/${targetId}`.replace(/[:*]/g, '-');
}
