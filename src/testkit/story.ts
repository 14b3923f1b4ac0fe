import type { TimelineLog, TimelineRecord } from '../domain/timeline.ts';
import type { TestEvent } from './events.ts';
import type { Expectation } from './expectation.ts';

/** What a story is told from. */
export interface StorySources {
  /** Where the bus is reached. */
  readonly url: string;
  readonly timeline: TimelineLog;
}

/** What the explain route answers, as far as a story tells it. */
interface Explained {
  readonly ruleCount: number;
  readonly rules: readonly {
    readonly ruleName: string;
    readonly matches: boolean;
    readonly obstacles: readonly { readonly reason: string }[];
  }[];
}

type Receipt = Extract<TimelineRecord, { readonly kind: 'received' }>;

// What a person reads when a test fails: the last events, and the rules that came nearest.
const EVENTS_TOLD = 5;
const RULES_TOLD = 2;

/** What became of the events of a bus, for a test whose expectation was not met. */
export async function tellStory<E extends object>(
  expected: Expectation<E>,
  { url, timeline }: StorySources,
): Promise<string> {
  const receipts = [...receiptsOf(timeline)];
  if (receipts.length === 0) return 'No event came to this bus.';
  const told = receipts.slice(-EVENTS_TOLD);
  const parts = await Promise.all(
    told.map((receipt, index) => {
      const number = receipts.length - told.length + index + 1;
      return tellEvent({ receipt, number, records: timeline.recordsOf(receipt.eventId) }, expected, url);
    }),
  );
  const count = receipts.length === 1 ? 'One event came' : `${receipts.length} events came`;
  const last = receipts.length > told.length ? `; the last ${told.length}` : '';
  return `${count} to this bus${last}:\n\n${parts.join('\n\n')}`;
}

function* receiptsOf(timeline: TimelineLog): Iterable<Receipt> {
  for (let sequence = timeline.first; sequence < timeline.next; sequence++) {
    const record = timeline.at(sequence);
    if (record?.kind === 'received') yield record;
  }
}

async function tellEvent<E extends object>(
  {
    receipt,
    number,
    records,
  }: {
    readonly receipt: Receipt;
    readonly number: number;
    readonly records: readonly TimelineRecord[];
  },
  expected: Expectation<E>,
  url: string,
): Promise<string> {
  const event = JSON.parse(receipt.event.envelope) as TestEvent<E>;
  const busName = receipt.busArn.slice(receipt.busArn.lastIndexOf('/') + 1);
  const time = new Date(receipt.at).toISOString();
  const head = `${number}. "${event['detail-type']}" from ${event.source}, to ${busName} at ${time} (${event.id})`;
  const lines = [...againstExpectation(expected, event)];
  if (receipt.rules.length === 0) lines.push(...(await whyNoRule(receipt, url)));
  for (const rule of receipt.rules) {
    const name = rule.arn.slice(rule.arn.lastIndexOf('/') + 1);
    if (rule.targets.length === 0) lines.push(`It matched the rule ${name}, which has no target.`);
    for (const target of rule.targets) {
      const state = stateOf(records, rule.arn, target.id);
      lines.push(`By the rule ${name} to ${target.arn}: ${state}`);
    }
  }
  return [head, ...lines.map((line) => indented(line))].join('\n');
}

function againstExpectation<E extends object>(
  expected: Expectation<E>,
  event: TestEvent<E>,
): readonly string[] {
  if (expected.matches(event)) return ['It is what was asked for.'];
  const why = expected.whyNot(event);
  return ['It is not what was asked for:', ...(why === undefined ? [] : [indented(why)])];
}

async function whyNoRule({ eventId, busArn }: Receipt, url: string): Promise<readonly string[]> {
  const response = await fetch(new URL('/_busbar/explain', url), {
    method: 'POST',
    body: JSON.stringify({ eventId, max: RULES_TOLD, bus: busArn }),
  });
  if (!response.ok) return [`No rule matched it. (Why not could not be asked: ${await response.text()})`];
  const { ruleCount, rules } = (await response.json()) as Explained;
  if (ruleCount === 0) return ['No rule matched it: its event bus has none.'];
  return [
    `No rule of ${ruleCount} matched it; the nearest:`,
    ...rules.map(({ ruleName, obstacles }) =>
      indented(`${ruleName}: ${obstacles.map(({ reason }) => reason).join(' ')}`),
    ),
  ];
}

/** What became of a delivery, in a sentence. */
function stateOf(records: readonly TimelineRecord[], ruleArn: string, targetId: string): string {
  const own = records.filter(
    (record) => 'ruleArn' in record && record.ruleArn === ruleArn && record.targetId === targetId,
  );
  const attempts = own.filter(({ kind }) => kind === 'attempt').length;
  const tried = attempts === 1 ? 'tried once' : `tried ${attempts} times`;
  const last = own.findLast((record) => record.kind === 'delivery');
  if (last?.kind !== 'delivery') return 'not tried yet.';
  const { turn } = last;
  switch (turn.kind) {
    case 'delivered':
      return `delivered (${tried}).`;
    case 'nothing-to-deliver':
      return 'its input came out empty, so there was nothing to deliver.';
    case 'redriven':
      return `${tried}, then made owed once more.`;
    case 'retrying':
      return `${tried}, to be tried again at ${new Date(turn.dueAt).toISOString()}: ${turn.error.code}: ${turn.error.message}`;
    case 'dead-lettered':
      return `${tried}, then sent to ${turn.queueArn}: ${turn.error.code}: ${turn.error.message}`;
    case 'failed':
      return `${tried}, then given up: ${turn.error.code}: ${turn.error.message}`;
  }
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '   ');
}
