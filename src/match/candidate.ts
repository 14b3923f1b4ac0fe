import { holds } from './byte-condition.ts';
import { chooseElements } from './element-choice.ts';
import type { EventInHand } from './event-in-hand.ts';
import type { FieldIndex } from './field-index.ts';
import type { Predicate } from './predicate.ts';

/** One way to satisfy a rule's pattern, ready to be tried on events. */
export interface Candidate<Rule> {
  readonly rule: Rule;
  /** In ascending order of the paths. */
  readonly demands: readonly Demand<Candidate<Rule>>[];
  /** The demand under whose predicates the candidate is filed; undefined if it is tried on every event. */
  filedUnder: Demand<Candidate<Rule>> | undefined;
  /** The last event that it was tried on. */
  triedIn: number;
  /** How often it was tried in vain since it was filed, and how often it may be before it is filed anew. */
  vainTries: number;
  patience: number;
}

/** What a candidate demands of one field: that one of these predicates is satisfied. */
export interface Demand<Filed> {
  readonly field: FieldIndex<Filed>;
  readonly predicates: readonly Predicate<Filed>[];
  /** Whether absence will do as well. */
  readonly mayBeAbsent: boolean;
}

/**
 * Whether the event meets all demands, and meets them in the same elements of arrays. The demand that the
 * candidate is filed under must be known to be satisfied by some value.
 */
export function isMet<Rule>(event: EventInHand, candidate: Candidate<Rule>): boolean {
  let fieldsInArrays = 0;
  let absentAtBest = false;
  for (const demand of candidate.demands) {
    const { field } = demand;
    if (field.seenIn !== event.number) {
      if (demand.mayBeAbsent) continue;
      return false;
    }
    if (field.inArray) fieldsInArrays++;
    if (demand === candidate.filedUnder || field.satisfiesAny(event, demand.predicates)) continue;
    // Present, and yet it may be absent from the elements that the demands before it choose.
    if (!demand.mayBeAbsent || !field.inArray) return false;
    absentAtBest = true;
  }
  if (fieldsInArrays < 2) return !absentAtBest;
  return chooseElements(
    event,
    candidate.demands.filter(({ field }) => field.seenIn === event.number && field.inArray),
  );
}

/** Whether the value in row `row` meets the demand. */
export function meets<Filed>(event: EventInHand, demand: Demand<Filed>, row: number): boolean {
  return demand.predicates.some((predicate) => holds(predicate.condition, event, row));
}
