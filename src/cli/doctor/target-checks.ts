import type { Finding } from './finding.ts';
import { ruleTitle, type Survey } from './survey.ts';

/** Targets without a dead-letter queue: what can't be delivered there in the end is kept nowhere but in the bus. */
export function withoutDeadLetterQueue({ rules }: Survey): readonly Finding[] {
  return rules.flatMap((rule) =>
    rule.targets
      .filter(({ hasDeadLetterQueue }) => !hasDeadLetterQueue)
      .map(({ id }) => ({
        severity: 'warning' as const,
        check: 'no-dead-letter-queue',
        subject: `${ruleTitle(rule)}, target ${id}`,
        message: 'It has no dead-letter queue: on AWS events that it does not take in the end are lost.',
        advice: 'Give it a DeadLetterConfig with put-targets.',
      })),
  );
}

/** Rules without targets, which do nothing, and rules that are disabled. */
export function idleRules({ rules }: Survey): readonly Finding[] {
  return rules.flatMap((rule): readonly Finding[] => {
    const subject = ruleTitle(rule);
    if (rule.targets.length === 0) {
      const message = 'It has no targets: events that it matches go nowhere.';
      return [
        {
          severity: 'warning',
          check: 'no-targets',
          subject,
          message,
          advice: 'Add targets with put-targets.',
        },
      ];
    }
    if (rule.isEnabled) return [];
    const message = 'It is disabled.';
    return [{ severity: 'note', check: 'disabled', subject, message, advice: 'enable-rule turns it on.' }];
  });
}

/** API destinations whose connection is not authorized (any more). */
export function inactiveDestinations({ apiDestinations }: Survey): readonly Finding[] {
  return apiDestinations
    .filter(({ isActive }) => !isActive)
    .map(({ name }) => ({
      severity: 'problem',
      check: 'inactive-api-destination',
      subject: `API destination ${name}`,
      message: 'It is inactive: its connection is not authorized.',
      advice: 'See describe-connection for the reason, and mend it with update-connection.',
    }));
}
