import { chooseElements } from './element-choice.ts';
import type { EventInHand } from './event-in-hand.ts';
import type { FieldIndex } from './field-index.ts';
import type { Predicate } from './predicate.ts';

/** A rule of a matcher. */
export interface Rule<Id> {
  readonly id: Id;
  /** One, or a list of several: most rules have one, and lists take room. */
  candidates: Candidate<Id> | readonly Candidate<Id>[];
  /** The last event that it matched. */
  matchedIn: number;
}

/** One way to satisfy the patterns of some rules, ready to be tried on events. */
export interface Candidate<Id> {
  /** The rules that have it, as often as they have it: nearly always just one, and lists take room. */
  rule: Rule<Id>;
  otherRules: Rule<Id>[] | undefined;
  /** In ascending order of the paths. */
  readonly demands: readonly Demand[];
  /** Where it is filed, and what is filed there; undefined if it is tried on every event. */
  filing: Filing | undefined;
  /** The demands that neither a door nor a ticket decides, in the order in which they are asked; all if it isn't filed. */
  open: readonly Demand[];
  /** In how many events a ticket, or one that holds it, may fail before the candidate is filed anew. */
  patience: number;
  /** The last event that it was tried on, if it has tickets. */
  triedIn: number;
}

/** What a candidate demands of one field: that one of these predicates is satisfied. */
export interface Demand {
  readonly field: FieldIndex;
  readonly predicates: readonly Predicate[];
  /** Whether absence will do as well. */
  readonly mayBeAbsent: boolean;
}

/** Where a candidate is filed. */
export interface Filing {
  /** The demand that led there. */
  readonly demand: Demand;
  /** The predicates under which it is: a value that meets the demand satisfies one of these, perhaps in vain. */
  readonly doors: readonly Predicate[];
  /** The ticket under each of these: a list of them if there are several. */
  readonly tickets: number | readonly number[];
}

/**
 * Whether the event meets all demands, and meets them in the same elements of arrays. What the filing decides must
 * have been decided.
 */
export function isMet<Id>(event: EventInHand, { demands, open }: Candidate<Id>): boolean {
  if (!areMet(event, open)) return false;
  return !event.hasArrays || agreeInArrays(event, demands);
}

function areMet(event: EventInHand, demands: readonly Demand[]): boolean {
  for (const demand of demands) if (!mayBeMet(event, demand)) return false;
  return true;
}

/** Whether some value satisfies the demand, or it may be absent and is, or might be from elements of arrays. */
function mayBeMet(event: EventInHand, { field, predicates, mayBeAbsent }: Demand): boolean {
  if (field.seenIn !== event.number) return mayBeAbsent;
  return field.satisfiesAny(event, predicates) || (mayBeAbsent && field.inArray);
}

function agreeInArrays(event: EventInHand, demands: readonly Demand[]): boolean {
  let first: Demand | undefined;
  let count = 0;
  for (const demand of demands) {
    if (demand.field.seenIn !== event.number || !demand.field.inArray) continue;
    first ??= demand;
    count++;
  }
  if (first === undefined) return true;
  // Nothing else chooses an element that it could be absent from.
  if (count === 1) return !first.mayBeAbsent || first.field.satisfiesAny(event, first.predicates);
  return chooseElements(
    event,
    demands.filter(({ field }) => field.seenIn === event.number && field.inArray),
  );
}
