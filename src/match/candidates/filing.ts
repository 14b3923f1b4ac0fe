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
/** What it costs to test a predicate on each event, in failed tickets. */
const COST_OF_TEST = 0.3;
/** By how much a place that nothing is known of is taken to be better than it looks. */
const OPTIMISM = 0.25;
const WORTH_MOVING = 0.7;

/**
 * Files a candidate under the demand that the fewest events are likely to meet. It stays unfiled if events may match
 * that have no value in any of its fields. `now` is the number of the last event.
 */
export function file<Rule>(candidate: Candidate<Rule>, tickets: Tickets<Rule>, now: number): void {
  const best = rarest(candidate.demands, now, 1);
  if (best !== undefined) fileUnder(best, candidate, tickets, now);
}

/** Takes back `file`. */
export function unfile<Rule>(candidate: Candidate<Rule>, tickets: Tickets<Rule>, now: number): void {
  const { filing } = candidate;
  if (filing === undefined) return;
  const { demand, ticket } = filing;
  for (const door of doorsOf(demand)) demand.field.unfile(door, ticket, now);
  tickets.redeem(ticket);
  candidate.filing = undefined;
}

/**
 * Files a candidate anew that failed too often, if there seems to be a better place. Places that nothing is known of are
 * taken to be better than they look, so that each is tried some time; and because a candidate has more patience each
 * time, it comes to rest.
 */
export function refile<Rule>(candidate: Candidate<Rule>, tickets: Tickets<Rule>, now: number): void {
  const { filing } = candidate;
  if (filing === undefined) return;
  const best = rarest(candidate.demands, now, OPTIMISM) ?? filing.demand;
  const isBetter = rateOf(best, now, OPTIMISM) < rateOf(filing.demand, now, OPTIMISM) * WORTH_MOVING;
  candidate.patience = Math.min(candidate.patience * 2, MAX_PATIENCE);
  unfile(candidate, tickets, now);
  fileUnder(isBetter ? best : filing.demand, candidate, tickets, now);
}

function fileUnder<Rule>(
  demand: Demand,
  candidate: Candidate<Rule>,
  tickets: Tickets<Rule>,
  now: number,
): void {
  const others = candidate.demands.filter((other) => other !== demand || hasDoors(demand));
  const named = others.filter(canBeNamed).sort(untestedFirst).slice(0, MAX_CHECKS);
  const checks = named.flatMap(({ predicates }) => predicates.map(({ id }) => id));
  const ticket = tickets.issue(candidate, checks, candidate.patience);
  candidate.filing = { demand, ticket, open: others.filter((other) => !named.includes(other)) };
  for (const door of doorsOf(demand)) demand.field.file(door, ticket, now);
}

/** Whether a demand is for one predicate. */
function canBeNamed({ predicates, mayBeAbsent }: Demand): boolean {
  return !mayBeAbsent && predicates.length === 1;
}

// Tests take longer than look-ups.
function untestedFirst(a: Demand, b: Demand): number {
  return Number(a.predicates[0]?.lookup === BY_TEST) - Number(b.predicates[0]?.lookup === BY_TEST);
}

/** The predicates under which a demand is filed: a value that satisfies it satisfies one of these, perhaps in vain. */
function doorsOf({ predicates }: Demand): Iterable<Predicate> {
  return new Set(predicates.map((predicate) => predicate.door ?? predicate));
}

function hasDoors({ predicates }: Demand): boolean {
  return predicates.some(({ door }) => door !== undefined);
}

function rarest(demands: readonly Demand[], now: number, optimism: number): Demand | undefined {
  let best: Demand | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const demand of demands) {
    if (demand.mayBeAbsent) continue;
    const rate = rateOf(demand, now, optimism);
    if (rate >= least) continue;
    best = demand;
    least = rate;
  }
  return best;
}

/** Of how many events in one the demand is likely to be met, plus what it costs to find out. */
function rateOf(demand: Demand, now: number, optimism: number): number {
  const { field } = demand;
  let rate = 0;
  for (const predicate of doorsOf(demand)) {
    const guess = guessed(field, predicate.lookup) * (field.isUnknown(predicate) ? optimism : 1);
    rate += field.rate(predicate, now, guess, GUESS_WEIGHT);
    if (predicate.lookup === BY_TEST) rate += COST_OF_TEST;
  }
  return rate;
}

// A literal is the rarer, the more different ones are asked for; much else holds for most values.
function guessed(field: FieldIndex, lookup: Lookup): number {
  if (lookup === BY_TEST) return 0.8;
  return (lookup < BY_START ? 1 : 2) / (field.lookups.size + 2);
}
