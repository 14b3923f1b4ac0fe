import { nextTick, parseSchedule } from '../../domain/schedule/schedule.ts';
import type { Finding } from './finding.ts';
import { type Inventory, isAtWork, type ListedRule } from './inventory.ts';
import { type Mending, ruleText } from './mending.ts';
import { patternOf, whyNeverMatches } from './pattern-of.ts';

/** Rules that do nothing: they can't match, have nothing to send to, never fire again, or are switched off. */
export function checkRules({ rules, now }: Inventory, mending: Mending): readonly Finding[] {
  return rules.flatMap((rule): readonly Finding[] => {
    if (rule.ManagedBy !== undefined) return [];
    if (!isAtWork(rule)) return [disabled(rule, mending)];
    return [
      ...neverMatching(rule, mending),
      ...scheduleOver(rule, { now, mending }),
      ...(rule.targets.length === 0 ? [withoutTargets(rule, mending)] : []),
    ];
  });
}

function neverMatching(rule: ListedRule, mending: Mending): readonly Finding[] {
  const pattern = patternOf(rule.EventPattern);
  const why = pattern === undefined ? undefined : whyNeverMatches(pattern);
  if (why === undefined) return [];
  return [
    {
      severity: 'error',
      check: 'rule-cannot-match',
      resource: rule.Arn,
      what: `No event matches the pattern of the ${ruleText(rule)}.`,
      why,
      mend: mending.putRule(rule, { 'event-pattern': 'PATTERN' }),
    },
  ];
}

function scheduleOver(
  rule: ListedRule,
  { now, mending }: { readonly now: number; readonly mending: Mending },
): readonly Finding[] {
  const schedule = rule.ScheduleExpression === undefined ? undefined : parseSchedule(rule.ScheduleExpression);
  if (schedule === undefined || nextTick(schedule, now, now) !== undefined) return [];
  return [
    {
      severity: 'warning',
      check: 'schedule-is-over',
      resource: rule.Arn,
      what: `The ${ruleText(rule)} never fires again.`,
      why: `No time from now on fits ${rule.ScheduleExpression}.`,
      mend:
        rule.EventPattern === undefined
          ? mending.rule('disable-rule', rule)
          : mending.putRule(rule, { 'schedule-expression': 'SCHEDULE' }),
    },
  ];
}

function withoutTargets(rule: ListedRule, mending: Mending): Finding {
  return {
    severity: 'warning',
    check: 'no-targets',
    resource: rule.Arn,
    what: `The ${ruleText(rule)} has no targets.`,
    why: 'It matches events and sends them nowhere.',
    mend: mending.rule('put-targets', rule, { targets: 'Id=ID,Arn=TARGET_ARN' }, 'rule'),
  };
}

function disabled(rule: ListedRule, mending: Mending): Finding {
  return {
    severity: 'note',
    check: 'disabled-rule',
    resource: rule.Arn,
    what: `The ${ruleText(rule)} is disabled.`,
    why: 'It gets no events until it is enabled.',
    mend: mending.rule('enable-rule', rule),
  };
}
