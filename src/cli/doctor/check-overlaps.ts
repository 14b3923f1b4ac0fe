import { covers } from '../../match/covers.ts';
import type { Pattern } from '../../match/pattern.ts';
import type { Finding } from './finding.ts';
import { type Inventory, isAtWork, type ListedRule } from './inventory.ts';
import { type Mending, ruleText } from './mending.ts';
import { patternOf, whyNeverMatches } from './pattern-of.ts';

interface PatternedRule {
  readonly rule: ListedRule;
  readonly pattern: Pattern;
}

// Each is a look at two patterns, which takes less than a microsecond; a pattern with $or counts for its alternatives.
const MOST_COMPARISONS = 10_000_000;

/** Rules of one event bus that get the same events for certain. `isComplete` is false when there were too many. */
export function checkOverlaps(
  { eventBuses, rules }: Inventory,
  mending: Mending,
): { readonly findings: readonly Finding[]; readonly isComplete: boolean } {
  const findings: Finding[] = [];
  let left = MOST_COMPARISONS;
  for (const { Name } of eventBuses) {
    const patterned = rules
      .filter((rule) => rule.EventBusName === Name && isAtWork(rule))
      .flatMap((rule): readonly PatternedRule[] => {
        const pattern = patternOf(rule.EventPattern);
        return pattern === undefined || whyNeverMatches(pattern) !== undefined ? [] : [{ rule, pattern }];
      });
    const alternatives = patterned.reduce((sum, { pattern }) => sum + pattern.subRules.length, 0);
    left -= alternatives ** 2;
    if (left < 0) return { findings, isComplete: false };
    for (const [index, one] of patterned.entries())
      findings.push(...overlapsOf(one, { index, patterned, mending }));
  }
  return { findings, isComplete: true };
}

function overlapsOf(
  wide: PatternedRule,
  {
    index,
    patterned,
    mending,
  }: { readonly index: number; readonly patterned: readonly PatternedRule[]; readonly mending: Mending },
): readonly Finding[] {
  const findings: Finding[] = [];
  const equal: ListedRule[] = [];
  const narrower: ListedRule[] = [];
  for (const [at, narrow] of patterned.entries()) {
    if (at === index || !covers(wide.pattern, narrow.pattern)) continue;
    const isEqual = covers(narrow.pattern, wide.pattern);
    // Of two equal ones, the first speaks for both.
    if (isEqual && at < index) continue;
    const shared = sharedTargets(wide.rule, narrow.rule);
    if (shared.length > 0)
      findings.push(deliveredTwice({ wide: wide.rule, narrow: narrow.rule, shared }, mending));
    else (isEqual ? equal : narrower).push(narrow.rule);
  }
  if (equal.length > 0) findings.push(samePattern(wide.rule, equal, mending));
  if (narrower.length > 0) findings.push(widerPattern(wide.rule, narrower));
  return findings;
}

/** The ids of the targets of `narrow` whose ARNs `wide` has too. */
function sharedTargets(wide: ListedRule, narrow: ListedRule): readonly string[] {
  const arns = new Set(wide.targets.map(({ Arn }) => Arn));
  return narrow.targets.filter(({ Arn }) => arns.has(Arn)).map(({ Id }) => Id);
}

function deliveredTwice(
  {
    wide,
    narrow,
    shared,
  }: { readonly wide: ListedRule; readonly narrow: ListedRule; readonly shared: readonly string[] },
  mending: Mending,
): Finding {
  const arn = narrow.targets.find(({ Id }) => Id === shared[0])?.Arn ?? '';
  return {
    severity: 'warning',
    check: 'delivered-twice',
    resource: narrow.Arn,
    what: `Each event of the ${ruleText(narrow)} goes to ${arn} twice.`,
    why: `The rule ${wide.Name} gets all of these events too, and has the same target.`,
    mend: mending.rule('remove-targets', narrow, { ids: shared }, 'rule'),
  };
}

function samePattern(rule: ListedRule, others: readonly ListedRule[], mending: Mending): Finding {
  const [first] = others;
  const targets = others.flatMap((other) => other.targets);
  return {
    severity: 'note',
    check: 'same-pattern',
    resource: rule.Arn,
    what: `The ${ruleText(rule)} gets the same events as ${names(others)}.`,
    why: 'Their patterns are equal. One rule could have the targets of all.',
    ...(first === undefined || targets.length === 0
      ? {}
      : { mend: mending.rule('put-targets', rule, { targets: JSON.stringify(targets) }, 'rule') }),
  };
}

function widerPattern(rule: ListedRule, others: readonly ListedRule[]): Finding {
  return {
    severity: 'note',
    check: 'wider-pattern',
    resource: rule.Arn,
    what: `The ${ruleText(rule)} gets all events that ${names(others)} ${others.length === 1 ? 'gets' : 'get'}, and others.`,
    why: 'Its pattern covers theirs. Nothing is wrong if that is meant.',
  };
}

const NAMES_SHOWN = 5;

function names(rules: readonly ListedRule[]): string {
  const shown = rules.slice(0, NAMES_SHOWN).map(({ Name }) => Name);
  const more = rules.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  const last = shown.pop() ?? '';
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`;
}
