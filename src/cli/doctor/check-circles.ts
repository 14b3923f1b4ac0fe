import { parseArn } from '../../domain/arn.ts';
import type { Condition, Pattern } from '../../match/pattern.ts';
import type { Finding } from './finding.ts';
import { type Inventory, isAtWork, type ListedRule } from './inventory.ts';
import { type Mending, ruleText } from './mending.ts';
import { patternOf } from './pattern-of.ts';

/** A rule's target that is an event bus. */
interface Hop {
  readonly rule: ListedRule;
  readonly targetId: string;
  /** ARNs of event buses. */
  readonly from: string;
  readonly to: string;
  readonly pattern: Pattern | undefined;
}

/**
 * Events that would go from event bus to event bus twice, and buses that send to each other in a circle: an event is
 * sent on once within a region, and once to another one.
 * AWS page: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-bus-to-bus.html
 */
export function checkCircles(inventory: Inventory, mending: Mending): readonly Finding[] {
  const hops = hopsOf(inventory);
  const findings: Finding[] = [];
  const inCircles = new Set<string>();
  for (const first of hops) {
    for (const second of hops) {
      if (first.to !== second.from || kindOf(first) !== kindOf(second)) continue;
      if (first.rule.ScheduleExpression !== undefined && first.pattern === undefined) continue;
      if (areApart(first.pattern, second.pattern)) continue;
      const circle = wayBack(second, hops);
      if (circle === undefined) findings.push(secondHop(first, second, mending));
      else {
        const key = circle.join();
        if (!inCircles.has(key)) findings.push(circleFinding(circle, hops, mending));
        inCircles.add(key);
      }
    }
  }
  return findings;
}

function hopsOf({ rules, eventBuses }: Inventory): readonly Hop[] {
  const arnOf = new Map(eventBuses.map(({ Name, Arn }) => [Name, Arn]));
  return rules.filter(isAtWork).flatMap((rule) =>
    rule.targets
      .filter(({ Arn }) => /^arn:[^:]+:events:[^:]*:\d*:event-bus\//.test(Arn))
      .map(({ Id, Arn }) => ({
        rule,
        targetId: Id,
        from: arnOf.get(rule.EventBusName) ?? rule.EventBusName,
        to: Arn,
        pattern: patternOf(rule.EventPattern),
      })),
  );
}

function kindOf({ from, to }: Hop): 'within a region' | 'to another region' {
  return parseArn(from)?.region === parseArn(to)?.region ? 'within a region' : 'to another region';
}

/** The buses of the shortest circle with a hop in it, the default bus first; undefined when no way leads back. */
function wayBack(start: Hop, hops: readonly Hop[]): readonly string[] | undefined {
  const ways: (readonly string[])[] = [[start.from, start.to]];
  const seen = new Set<string>();
  for (let way = ways.shift(); way !== undefined; way = ways.shift()) {
    const last = way.at(-1) ?? '';
    if (last === start.from) return turned(way.slice(0, -1));
    if (seen.has(last)) continue;
    seen.add(last);
    for (const { from, to } of hops) if (from === last) ways.push([...way, to]);
  }
  return undefined;
}

// These hold one text in every event, so two lists of texts with nothing in common exclude each other.
const SINGLE_TEXTS = ['source', 'detail-type', 'account', 'region', 'id', 'time'];

/** Whether it is certain that no event matches both. */
function areApart(one: Pattern | undefined, other: Pattern | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  return one.subRules.every((a) =>
    other.subRules.every((b) =>
      SINGLE_TEXTS.some((path) => {
        const [texts, others] = [textsOf(a.fields.get(path)), textsOf(b.fields.get(path))];
        return texts !== undefined && others !== undefined && !texts.some((text) => others.includes(text));
      }),
    ),
  );
}

function textsOf(conditions: readonly Condition[] | undefined): readonly string[] | undefined {
  const texts = (conditions ?? []).map((condition) =>
    condition.kind === 'string' && condition.address === undefined ? condition.value : undefined,
  );
  const known = texts.filter((text) => text !== undefined);
  return known.length === 0 || known.length < texts.length ? undefined : known;
}

function secondHop(first: Hop, second: Hop, mending: Mending): Finding {
  return {
    severity: 'warning',
    check: 'second-hop',
    resource: second.rule.Arn,
    what: `The ${ruleText(second.rule)} can't send on to ${second.to} what came from ${nameOf(first.from)}.`,
    why: `An event goes from event bus to event bus once; the rule ${first.rule.Name} did that already. Each such event fails.`,
    mend: mending.rule('put-targets', first.rule, { targets: `Id=ID,Arn=${second.to}` }, 'rule'),
  };
}

function turned(circle: readonly string[]): readonly string[] {
  const names = circle.map(nameOf);
  const first = names.indexOf(names.includes('default') ? 'default' : (names.toSorted()[0] ?? ''));
  return [...circle.slice(first), ...circle.slice(0, first)];
}

function circleFinding(circle: readonly string[], hops: readonly Hop[], mending: Mending): Finding {
  const [start = ''] = circle;
  const back = hops.find(({ from, to }) => from === circle.at(-1) && to === start);
  const names = [...circle, start].map(nameOf).join(' -> ');
  return {
    severity: 'warning',
    check: 'bus-circle',
    resource: start,
    what: `Event buses send to each other in a circle: ${names}.`,
    why: 'An event goes from event bus to event bus once, so that each one that goes round fails at the second hop.',
    ...(back === undefined
      ? {}
      : { mend: mending.rule('remove-targets', back.rule, { ids: back.targetId }, 'rule') }),
  };
}

function nameOf(busArn: string): string {
  return busArn.replace(/^.*:event-bus\//, '');
}
