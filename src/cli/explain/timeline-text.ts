import type { LiveAttempt } from '../bus/live-record.ts';
import { shortened } from '../terminal/columns.ts';
import { timeText } from '../terminal/event-text.ts';
import type { ExplanationStyle } from './explanation-text.ts';

/** What `GET /_busbar/events/{id}` answers. */
export interface Timeline {
  readonly eventId: string;
  readonly receipts: readonly Receipt[];
}

interface Receipt {
  readonly eventBusArn: string;
  readonly receivedAt: string;
  readonly source?: string;
  readonly detailType?: string;
  readonly resumed?: boolean;
  readonly rules?: readonly string[];
  readonly deliveries?: readonly Delivery[];
}

interface Delivery {
  readonly ruleArn: string;
  readonly targetId: string;
  readonly targetArn?: string;
  readonly state: string;
  readonly nextAttemptAt?: string;
  readonly deadLetterArn?: string;
  readonly attempts: readonly (LiveAttempt & { readonly startedAt: string })[];
  readonly error?: { readonly code: string; readonly message: string };
}

/** An event's story: each bus that it came to, each rule that matched, each attempt with its answer. */
export function timelineText({ eventId, receipts }: Timeline, options: ExplanationStyle): string {
  return `${options.style('bold', eventId)}\n${receipts.map((receipt) => receiptText(receipt, options)).join('')}`;
}

function receiptText(receipt: Receipt, options: ExplanationStyle): string {
  const { eventBusArn, receivedAt, source, detailType, resumed, rules = [], deliveries = [] } = receipt;
  const { style } = options;
  const what = source === undefined ? '' : `  ${style('name', source)}  ${detailType ?? ''}`;
  const lines = [`\n${style('dim', timeText(receivedAt))}  came to ${lastPart(eventBusArn)}${what}\n`];
  if (resumed === true) lines.push('  What happened before the bus was started anew is not known.\n');
  if (rules.length === 0 && deliveries.length === 0 && resumed !== true) {
    lines.push('  No rule matched it. Why not: busbar explain with the same id.\n');
  }
  for (const rule of new Set([...rules, ...deliveries.map(({ ruleArn }) => ruleArn)])) {
    lines.push(`  rule ${style('bold', lastPart(rule))}\n`);
    const owed = deliveries.filter(({ ruleArn }) => ruleArn === rule);
    if (owed.length === 0) lines.push('    It has no targets.\n');
    for (const delivery of owed) lines.push(deliveryText(delivery, options));
  }
  return lines.join('');
}

function deliveryText(delivery: Delivery, { style, width }: ExplanationStyle): string {
  const { targetId, targetArn, state, nextAttemptAt, deadLetterArn, attempts, error } = delivery;
  const mark =
    state === 'delivered' || state === 'nothing-to-deliver'
      ? 'good'
      : state === 'retrying' || state === 'redriven' || state === 'owed'
        ? 'warning'
        : 'bad';
  const next = nextAttemptAt === undefined ? '' : `, again at ${timeText(nextAttemptAt)}`;
  const dead = deadLetterArn === undefined ? '' : ` in ${deadLetterArn}`;
  const target =
    targetArn === undefined ? '' : `  ${shortened(targetArn, Math.max(20, width - targetId.length - 6))}`;
  const lines = [
    `    ${style('name', targetId)}${style('dim', target)}\n`,
    ...attempts.map((attempt) => attemptText(attempt, width)),
    `      ${style(mark, `${state}${dead}`)}${next}\n`,
  ];
  if (error !== undefined && attempts.length === 0) lines.push(`      ${error.code}: ${error.message}\n`);
  return lines.join('');
}

function attemptText(
  { number, startedAt, durationMs, outcome, status, error }: Delivery['attempts'][number],
  width: number,
): string {
  const said = [
    `${timeText(startedAt)}`,
    `attempt ${number}`,
    status === undefined ? outcome : `${status} ${outcome}`,
    `${durationMs} ms`,
    ...(error === undefined ? [] : [`${error.code}: ${error.message.replace(/\s+/g, ' ')}`]),
  ].join('  ');
  return `      ${shortened(said, Math.max(40, width - 6))}\n`;
}

function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
