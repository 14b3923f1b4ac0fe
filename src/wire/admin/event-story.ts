import type { DeliveryError } from '../../domain/delivery.ts';
import type { BusEvent } from '../../domain/event.ts';
import type { AttemptOnTimeline, DeliveryTurn, TimelineRecord } from '../../domain/timeline.ts';
import { JsonText } from './json-answer.ts';

/** An attempt as Busbar's own API shows it. */
export interface ShownAttempt {
  readonly number: number;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly outcome: AttemptOnTimeline['outcome'];
  readonly inputBytes: number;
  readonly status?: number | undefined;
  readonly response?: string | undefined;
  readonly error?: DeliveryError | undefined;
}

/** How a delivery stands. */
export interface ShownTurn {
  readonly state: DeliveryTurn['kind'] | 'owed';
  readonly nextAttemptAt?: string;
  readonly deadLetterArn?: string;
  readonly error?: DeliveryError;
}

interface ShownDelivery extends ShownTurn {
  readonly ruleArn: string;
  readonly targetId: string;
  readonly targetArn?: string | undefined;
  readonly attempts: readonly ShownAttempt[];
  readonly endedAt?: string;
}

/** What became of an event on one event bus. */
export interface Receipt {
  readonly eventBusArn: string;
  readonly receivedAt: string;
  readonly account?: string | undefined;
  readonly source?: string | undefined;
  readonly detailType?: string | undefined;
  readonly resumed?: true;
  /** Why it was not taken in. */
  readonly lost?: string;
  readonly event: JsonText;
  readonly rules: readonly string[];
  readonly deliveries: readonly ShownDelivery[];
}

/** What the envelope says of an event. */
function headingOf({ envelope }: BusEvent): {
  readonly account?: string;
  readonly source?: string;
  readonly detailType?: string;
} {
  const { account, source, 'detail-type': detailType } = JSON.parse(envelope) as Record<string, string>;
  return {
    ...(account === undefined ? {} : { account }),
    ...(source === undefined ? {} : { source }),
    ...(detailType === undefined ? {} : { detailType }),
  };
}

export function isoTime(epochMilliseconds: number): string {
  return new Date(epochMilliseconds).toISOString();
}

/** An event's records as its story, event bus by event bus. Records of a receipt that is forgotten are left out. */
export function storyOf(records: readonly TimelineRecord[]): readonly Receipt[] {
  const open = new Map<string, Chapter>();
  const chapters: Chapter[] = [];
  for (const record of records) {
    if (record.kind === 'received') {
      const chapter = beginChapter(record);
      open.set(record.busArn, chapter);
      chapters.push(chapter);
      continue;
    }
    const chapter = open.get(record.busArn);
    if (chapter !== undefined) goOn(chapter, record);
  }
  return chapters.map(receiptOf);
}

type Received = Extract<TimelineRecord, { kind: 'received' }>;

interface OpenDelivery {
  readonly ruleArn: string;
  readonly targetId: string;
  targetArn: string | undefined;
  readonly attempts: ShownAttempt[];
  turn: ShownTurn;
  endedAt: string | undefined;
}

interface Chapter {
  readonly received: Received;
  readonly deliveries: Map<string, OpenDelivery>;
  lost: string | undefined;
}

function beginChapter(received: Received): Chapter {
  const chapter: Chapter = { received, deliveries: new Map(), lost: undefined };
  for (const { arn, targets } of received.rules) {
    for (const target of targets)
      delivery(chapter, { ruleArn: arn, targetId: target.id }).targetArn = target.arn;
  }
  return chapter;
}

function delivery(
  { deliveries }: Chapter,
  { ruleArn, targetId }: { readonly ruleArn: string; readonly targetId: string },
): OpenDelivery {
  const key = `${ruleArn} ${targetId}`;
  let open = deliveries.get(key);
  if (open === undefined) {
    open = {
      ruleArn,
      targetId,
      targetArn: undefined,
      attempts: [],
      turn: { state: 'owed' },
      endedAt: undefined,
    };
    deliveries.set(key, open);
  }
  return open;
}

function goOn(chapter: Chapter, record: Exclude<TimelineRecord, Received>): void {
  switch (record.kind) {
    case 'lost':
      chapter.lost = record.reason;
      break;
    case 'attempt': {
      const open = delivery(chapter, record);
      open.attempts.push(shownAttempt(record.attempt));
      open.targetArn = record.attempt.targetArn;
      break;
    }
    case 'delivery': {
      const open = delivery(chapter, record);
      open.turn = shownTurn(record.turn);
      open.targetArn = record.targetArn ?? open.targetArn;
      open.endedAt = goesOn(record.turn) ? undefined : isoTime(record.at);
      break;
    }
  }
}

function goesOn({ kind }: DeliveryTurn): boolean {
  return kind === 'retrying' || kind === 'redriven';
}

function receiptOf({ received, deliveries, lost }: Chapter): Receipt {
  const { event, rules, resumed } = received;
  return {
    eventBusArn: event.busArn,
    receivedAt: isoTime(event.receivedAt),
    ...headingOf(event),
    ...(resumed ? { resumed } : {}),
    ...(lost === undefined ? {} : { lost }),
    event: new JsonText(event.envelope),
    rules: rules.map(({ arn }) => arn),
    deliveries: [...deliveries.values()].map(
      ({ ruleArn, targetId, targetArn, turn: { state, ...rest }, attempts, endedAt }) => ({
        ruleArn,
        targetId,
        targetArn,
        state,
        attempts,
        ...(endedAt === undefined ? {} : { endedAt }),
        ...rest,
      }),
    ),
  };
}

export function shownAttempt(attempt: AttemptOnTimeline): ShownAttempt {
  const { number, startedAt, endedAt, outcome, inputBytes, status, response, error } = attempt;
  return {
    number,
    startedAt: isoTime(startedAt),
    durationMs: endedAt - startedAt,
    outcome,
    inputBytes,
    status,
    response,
    error,
  };
}

export function shownTurn(turn: DeliveryTurn): ShownTurn {
  switch (turn.kind) {
    case 'retrying':
      return { state: turn.kind, nextAttemptAt: isoTime(turn.dueAt), error: turn.error };
    case 'dead-lettered':
      return { state: turn.kind, deadLetterArn: turn.queueArn, error: turn.error };
    case 'failed':
      return { state: turn.kind, error: turn.error };
    default:
      return { state: turn.kind };
  }
}
