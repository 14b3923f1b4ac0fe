/** How bad it is: events are lost or never come; something is likely not meant; good to know. */
export type Severity = 'error' | 'warning' | 'note';

/** What each check is called, and what it finds; in the order of the help. */
export const CHECKS = {
  'failed-deliveries': 'deliveries that were given up',
  'failing-target': 'a target that fails again and again',
  'target-is-gone': 'a target that does not exist',
  'unreachable-endpoint': 'an endpoint that does not answer (with --connect)',
  'connection-not-authorized': 'a connection without which API destinations fail',
  'api-destination-inactive': 'an API destination that is never called',
  'rule-cannot-match': 'a pattern that no event matches',
  'archive-keeps-nothing': 'an archive that gets no events',
  'no-targets': 'a rule that sends its events nowhere',
  'schedule-is-over': 'a schedule that never fires again',
  'bus-circle': 'event buses that send to each other in a circle',
  'second-hop': 'an event that would go from bus to bus twice',
  'no-dead-letter-queue': 'a target that loses what it does not take',
  'delivered-twice': 'rules that send the same events to the same target',
  'same-pattern': 'rules with equal patterns',
  'wider-pattern': 'a rule that gets all that others get',
  'disabled-rule': 'a rule that is switched off',
} as const;

export type Check = keyof typeof CHECKS;

/** One thing that the doctor found. Plain data. */
export interface Finding {
  readonly severity: Severity;
  readonly check: Check;
  /** ARN or name of what it is about. */
  readonly resource: string;
  /** A sentence. */
  readonly what: string;
  /** Why it matters, in one or two sentences. */
  readonly why: string;
  /** The command that mends it; words in capitals are to be filled in. Missing where nothing needs mending. */
  readonly mend?: string;
}

const ORDER: readonly Severity[] = ['error', 'warning', 'note'];

/** Findings with the worst first, otherwise in the order in which they came. */
export function worstFirst(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((one, other) => ORDER.indexOf(one.severity) - ORDER.indexOf(other.severity));
}
