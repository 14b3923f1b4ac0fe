import { BY_START, BY_TEST, type Lookup } from './byte-condition.ts';
import type { Candidate, Demand } from './candidate.ts';
import type { FieldIndex } from './field-index.ts';
import type { Predicate } from './predicate.ts';
import { MAX_CHECKS, type Tickets } from './tickets.ts';

/** How often a candidate may fail before it is first filed anew. */
export const FIRST_PATIENCE = 16;
const MAX_PATIENCE = 2 ** 24;

/** How many events a guess counts for, beside those that were seen. */
const GUESS_WEIGHT = 8;
/** What it costs to test a predicate on each event, in failed tickets: nobody leaves a ticket for a test. */
const COST_OF_TEST = 1;
/** By how much a place that nothing is known of is taken to be better than it looks. */
const OPTIMISM = 0.25;
const WORTH_MOVING = 0.7;

/**
 * Files a candidate under the demand that the fewest events are likely to meet. It stays unfiled if events may match
 * that have no value in any of its fields. `now` is the number of the last event.
 */
export function file<Id>(candidate: Candidate<Id>, tickets: Tickets<Id>, now: number): void {
  const best = rarest(candidate.demands, now, 1);
  if (best !== undefined) fileUnder(best, candidate, tickets, now);
}

/** Takes back `file`. */
export function unfile<Id>(candidate: Candidate<Id>, tickets: Tickets<Id>, now: number): void {
  const { filing } = candidate;
  if (filing === undefined) return;
  const { doors, tickets: issued } = filing;
  for (const [place, door] of doors.entries()) {
    const ticket = typeof issued === 'number' ? issued : issued[place];
    if (ticket !== undefined) tickets.unfile(candidate, door, ticket, now);
  }
  candidate.filing = undefined;
  candidate.open = candidate.demands;
}

/**
 * Files a candidate anew that failed too often, if there seems to be a better place. Places that nothing is known of are
 * taken to be better than they look, so that each is tried some time; and because a candidate has more patience each
 * time, it comes to rest.
 */
export function refile<Id>(candidate: Candidate<Id>, tickets: Tickets<Id>, now: number): void {
  const { filing } = candidate;
  if (filing === undefined) return;
  const best = rarest(candidate.demands, now, OPTIMISM) ?? filing.demand;
  const isBetter = rateOfAny(best, now, OPTIMISM) < rateOfAny(filing.demand, now, OPTIMISM) * WORTH_MOVING;
  candidate.patience = Math.min(candidate.patience * 2, MAX_PATIENCE);
  const demand = isBetter ? best : filing.demand;
  if (demand === filing.demand && isSame(doorsOf(demand, now, 1), filing.doors)) {
    tickets.renew(candidate);
    return;
  }
  unfile(candidate, tickets, now);
  fileUnder(demand, candidate, tickets, now);
}

function isSame(doors: readonly Predicate[], others: readonly Predicate[]): boolean {
  return doors.length === others.length && doors.every((door, place) => door === others[place]);
}

function fileUnder<Id>(demand: Demand, candidate: Candidate<Id>, tickets: Tickets<Id>, now: number): void {
  const doors = doorsOf(demand, now, 1);
  const others = candidate.demands.filter((other) => other !== demand || doors !== demand.predicates);
  const named = others.filter(canBeNamed).sort(byCost).slice(0, MAX_CHECKS);
  const checks = named.flatMap(({ predicates }) => predicates.map(({ id }) => id));
  const issued = doors.map((door) => tickets.file(candidate, door, checks, now));
  const open = others.filter((other) => !named.includes(other));
  candidate.open = open.length === 0 ? NO_DEMANDS : open;
  candidate.filing = {
    demand,
    doors,
    tickets: issued.length === 1 && issued[0] !== undefined ? issued[0] : issued,
  };
  tickets.settle(candidate);
}

const NO_DEMANDS: readonly Demand[] = [];

/** Whether a demand is for one predicate. Of ranges there are many that differ by a number only: tickets are shared without. */
function canBeNamed({ predicates, mayBeAbsent }: Demand): boolean {
  return !mayBeAbsent && predicates.length === 1 && predicates[0]?.hint?.kind !== 'range';
}

/** Tests come after what look-ups find. */
function byCost(a: Demand, b: Demand): number {
  return costOf(a) - costOf(b);
}

function costOf({ predicates }: Demand): number {
  return predicates[0]?.lookup === BY_TEST ? 1 : 0;
}

/** The predicates to file a demand under, the rarest where there is a choice. */
function doorsOf({ predicates }: Demand, now: number, optimism: number): readonly Predicate[] {
  if (predicates.every(({ doors }) => doors.length === 0)) return predicates;
  return [...new Set(predicates.map((predicate) => doorOf(predicate, now, optimism)))];
}

function doorOf(predicate: Predicate, now: number, optimism: number): Predicate {
  const { doors } = predicate;
  return doors.length === 0
    ? predicate
    : doors.reduce((a, b) => (rateOf(b, now, optimism) < rateOf(a, now, optimism) ? b : a));
}

function rarest(demands: readonly Demand[], now: number, optimism: number): Demand | undefined {
  let best: Demand | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const demand of demands) {
    if (demand.mayBeAbsent) continue;
    const rate = rateOfAny(demand, now, optimism);
    if (rate >= least) continue;
    best = demand;
    least = rate;
  }
  return best;
}

/** Of how many events in one a demand is likely to be met, plus what it costs to find out. */
function rateOfAny(demand: Demand, now: number, optimism: number): number {
  return doorsOf(demand, now, optimism).reduce((sum, door) => sum + rateOf(door, now, optimism), 0);
}

function rateOf(predicate: Predicate, now: number, optimism: number): number {
  const { field, lookup } = predicate;
  const guess = guessed(field, lookup) * (field.isUnknown(predicate) ? optimism : 1);
  return field.rate(predicate, now, guess, GUESS_WEIGHT) + (lookup === BY_TEST ? COST_OF_TEST : 0);
}

// A literal is the rarer, the more different ones are asked for; much else holds for most values.
function guessed(field: FieldIndex, lookup: Lookup): number {
  if (lookup === BY_TEST) return 0.8;
  return (lookup < BY_START ? 1 : 2) / (field.size + 2);
}
