import type { RuleState, Tag, Target } from '../api-model/types.generated.ts';

/**
 * A rule as it is kept, together with its targets: they change under one revision, so that a rule never
 * loses its targets to a race. Its name is unique on its event bus.
 */
export interface Rule {
  readonly name: string;
  readonly busName: string;
  readonly eventPattern?: string | undefined;
  readonly scheduleExpression?: string | undefined;
  /**
   * Since when the schedule counts, epoch milliseconds: the rule was created, enabled or given another
   * schedule then. Kept by rules with a schedule alone.
   */
  readonly scheduledFrom?: number | undefined;
  readonly state: RuleState;
  readonly description?: string | undefined;
  readonly roleArn?: string | undefined;
  /** The AWS service that made the rule and alone may change it. */
  readonly managedBy?: string | undefined;
  /** Account that created the rule. */
  readonly createdBy: string;
  readonly tags: readonly Tag[];
  /** In the order in which they were first put. */
  readonly targets: readonly Target[];
}

/** Since when a rule's schedule counts, where `before` is the rule as it was until `now`. */
export function scheduledFrom(
  { scheduleExpression, state }: Pick<Rule, 'scheduleExpression' | 'state'>,
  before: Rule | undefined,
  now: number,
): number | undefined {
  if (!scheduleExpression) return undefined;
  const isEnabledAnew = before?.state === 'DISABLED' && state !== 'DISABLED';
  const goesOn = before?.scheduleExpression === scheduleExpression && !isEnabledAnew;
  return goesOn ? (before.scheduledFrom ?? now) : now;
}
