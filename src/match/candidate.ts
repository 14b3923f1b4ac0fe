import { holds } from './byte-condition.ts';
import { chooseElements } from './element-choice.ts';
import type { EventInHand } from './event-in-hand.ts';
import type { FieldIndex } from './field-index.ts';
import type { Predicate } from './predicate.ts';

/** One way to satisfy the patterns of some rules, ready to be tried on events. */
export interface Candidate<Rule> {
  /** The rules that have it, as often as they have it. */
  readonly rules: Rule[];
  /** Tells it from others. */
  readonly key: string;
  /** In ascending order of the paths. */
  readonly demands: readonly Demand<Candidate<Rule>>[];
  /** The same in the order in which they are asked. */
  readonly checks: Demand<Candidate<Rule>>[];
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
  const { checks } = candidate;
  for (let index = 0; index < checks.length; index++) {
    const demand = checks[index];
    if (demand === undefined || mayBeMet(event, demand)) continue;
    // What fails often comes to be asked first.
    const previous = checks[index - 1];
    if (previous !== undefined) {
      checks[index - 1] = demand;
      checks[index] = previous;
    }
    return false;
  }
  return !event.hasArrays || agreeInArrays(event, candidate.demands);
}

/** Whether some value satisfies the demand, or it may be absent and is, or might be from elements of arrays. */
function mayBeMet<Filed>(event: EventInHand, demand: Demand<Filed>): boolean {
  const { field, predicates } = demand;
  if (predicates[0]?.satisfiedIn === event.number) return true;
  if (field.seenIn !== event.number) return demand.mayBeAbsent;
  return field.satisfiesAny(event, predicates) || (demand.mayBeAbsent && field.inArray);
}

function agreeInArrays<Filed>(event: EventInHand, demands: readonly Demand<Filed>[]): boolean {
  const inArrays = demands.filter(({ field }) => field.seenIn === event.number && field.inArray);
  const [first] = inArrays;
  if (first === undefined) return true;
  // Nothing else chooses an element that it could be absent from.
  if (inArrays.length === 1) return !first.mayBeAbsent || first.field.satisfiesAny(event, first.predicates);
  return chooseElements(event, inArrays);
}

/** Whether the value in row `row` meets the demand. */
export function meets<Filed>(event: EventInHand, demand: Demand<Filed>, row: number): boolean {
  return demand.predicates.some((predicate) => holds(predicate.condition, event, row));
}
