import { busOfRule, type Configuration } from '../../bus/configuration.ts';
import { eventBusArn, parseArn, ruleArn } from '../../domain/arn.ts';
import type { Rule } from '../../domain/rule.ts';
import type { Scope } from '../../domain/scope.ts';
import { type Explanation, explain, InvalidPatternError, parsePattern } from '../../match/index.ts';

/** A rule with where it lives. */
export interface PlacedRule {
  readonly rule: Rule;
  readonly arn: string;
  readonly scope: Scope;
  readonly busName: string;
}

/** Something that keeps a rule from sending an event to its targets. */
export interface Obstacle {
  readonly kind:
    | 'pattern'
    | 'disabled'
    | 'wrong-bus'
    | 'wrong-account'
    | 'wrong-region'
    | 'no-pattern'
    | 'unreadable-pattern';
  readonly reason: string;
}

/** How a rule stands to an event. */
export interface RuleVerdict {
  readonly ruleArn: string;
  readonly ruleName: string;
  readonly eventBusArn: string;
  readonly matches: boolean;
  readonly obstacles: readonly Obstacle[];
  /** Left out where the rule has no pattern that can be read. */
  readonly explanation?: Explanation;
}

/** An event, and the event bus that it came to where that is known. */
export interface ArrivedEvent {
  readonly text: string;
  readonly busArn: string | undefined;
}

/** Every rule that users made, of one account or of all. */
export function rulesOf(configuration: Configuration, account: string | undefined): readonly PlacedRule[] {
  const found: PlacedRule[] = [];
  for (const [place, rule] of configuration.rules.all()) {
    const { scope, busName } = busOfRule(place);
    if (account !== undefined && scope.account !== account) continue;
    found.push({ rule, scope, busName, arn: ruleArn(scope, busName, rule.name) });
  }
  return found;
}

/** Holds an event against a rule. Throws InvalidEventError when the event is no JSON object. */
export function verdictOn(placed: PlacedRule, { text, busArn }: ArrivedEvent): RuleVerdict {
  const { rule, arn, scope, busName } = placed;
  const obstacles: Obstacle[] = [];
  if (rule.state === 'DISABLED') obstacles.push({ kind: 'disabled', reason: 'The rule is disabled.' });
  if (busArn !== undefined) obstacles.push(...obstaclesOfPlace(placed, busArn));
  const heading = { ruleArn: arn, ruleName: rule.name, eventBusArn: eventBusArn(scope, busName) };
  const judged = judge(rule, text);
  if (judged.obstacle !== undefined) obstacles.push(judged.obstacle);
  const { explanation } = judged;
  return {
    ...heading,
    matches: obstacles.length === 0,
    obstacles,
    ...(explanation === undefined ? {} : { explanation }),
  };
}

/** Those that match first, then by how little keeps a rule from matching. */
export function nearestFirst(verdicts: readonly RuleVerdict[]): readonly RuleVerdict[] {
  const ranked = verdicts.map((verdict) => ({ verdict, ...rankOf(verdict) }));
  ranked.sort(
    (a, b) =>
      a.distance - b.distance || b.holding - a.holding || (a.verdict.ruleArn < b.verdict.ruleArn ? -1 : 1),
  );
  return ranked.map(({ verdict }) => verdict);
}

function rankOf({ obstacles, explanation }: RuleVerdict): {
  readonly distance: number;
  readonly holding: number;
} {
  const fields = explanation?.fields ?? [];
  const holding = fields.filter(({ verdict }) => verdict === 'holds').length;
  const distance = obstacles.reduce((sum, { kind }) => {
    if (kind === 'no-pattern' || kind === 'unreadable-pattern') return sum + 1000;
    // Fields that hold, though not together, still are one thing that is wrong.
    return sum + (kind === 'pattern' ? Math.max(1, fields.length - holding) : 1);
  }, 0);
  return { distance, holding };
}

function obstaclesOfPlace({ scope, busName }: PlacedRule, busArn: string): readonly Obstacle[] {
  const { account, region, resource = '' } = parseArn(busArn) ?? {};
  const eventBus = resource.slice(resource.indexOf('/') + 1);
  const obstacles: Obstacle[] = [];
  if (account !== scope.account) {
    const reason = `The rule is of account ${scope.account}; the event came to account ${account}.`;
    obstacles.push({ kind: 'wrong-account', reason });
  }
  if (region !== scope.region) {
    const reason = `The rule is in ${scope.region}; the event came in ${region}.`;
    obstacles.push({ kind: 'wrong-region', reason });
  }
  if (eventBus !== busName) {
    const reason = `The rule watches the event bus ${busName}; the event came to ${eventBus}.`;
    obstacles.push({ kind: 'wrong-bus', reason });
  }
  return obstacles;
}

function judge(
  { eventPattern }: Rule,
  text: string,
): { readonly explanation?: Explanation; readonly obstacle?: Obstacle } {
  if (!eventPattern) {
    return {
      obstacle: { kind: 'no-pattern', reason: 'The rule has a schedule only, and no event pattern.' },
    };
  }
  try {
    const explanation = explain(parsePattern(eventPattern), text);
    return explanation.matched
      ? { explanation }
      : { explanation, obstacle: { kind: 'pattern', reason: whyNot(explanation) } };
  } catch (error) {
    if (!(error instanceof InvalidPatternError)) throw error;
    return { obstacle: { kind: 'unreadable-pattern', reason: error.message } };
  }
}

function whyNot({ fields, conflict }: Explanation): string {
  const failed = fields.filter(({ verdict }) => verdict !== 'holds');
  if (failed.length === 0) return conflict?.reason ?? 'Each field holds, but not all of them together.';
  return failed.map(({ path, reason }) => `${path}: ${reason}`).join(' ');
}
