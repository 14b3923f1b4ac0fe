import type { ByteCondition } from './byte-condition.ts';
import type { Candidate, Demand } from './candidate.ts';
import type { FieldIndex } from './field-index.ts';
import { BY_TEST } from './predicate.ts';

/** How often a candidate may be tried in vain before it is first filed anew. */
export const FIRST_PATIENCE = 16;
const MAX_PATIENCE = 2 ** 24;

/**
 * Files a candidate under the demand that the fewest events are likely to meet. Returns false, and files
 * nothing, if events may match that have no value in any of its fields. `now` is the number of the last event.
 */
export function file<Rule>(candidate: Candidate<Rule>, now: number): boolean {
  moveTo(candidate, rarest(candidate.demands, now, 1), now);
  return candidate.filedUnder !== undefined;
}

/** Takes back `file`. */
export function unfile<Rule>(candidate: Candidate<Rule>, now: number): void {
  moveTo(candidate, undefined, now);
}

/**
 * Files a candidate anew that was tried in vain too often, if there seems to be a better place. Places that
 * nothing is known of are taken to be better than they look, so that each is tried some time; and because a
 * candidate has more patience each time, it comes to rest.
 */
export function refile<Rule>(candidate: Candidate<Rule>, now: number): void {
  const { filedUnder } = candidate;
  candidate.vainTries = 0;
  candidate.patience = Math.min(candidate.patience * 2, MAX_PATIENCE);
  const best = rarest(candidate.demands, now, OPTIMISM);
  if (filedUnder === undefined || best === undefined || best === filedUnder) return;
  if (rateOf(best, now, OPTIMISM) < rateOf(filedUnder, now, OPTIMISM) * WORTH_MOVING) {
    moveTo(candidate, best, now);
  }
}

const OPTIMISM = 0.25;
const WORTH_MOVING = 0.7;
/** How many events a guess counts for, beside those that were seen. */
const GUESS_WEIGHT = 8;
/** What it costs to test a predicate on each event, in tries. */
const COST_OF_TEST = 0.1;

function moveTo<Rule>(
  candidate: Candidate<Rule>,
  demand: Demand<Candidate<Rule>> | undefined,
  now: number,
): void {
  const { filedUnder } = candidate;
  for (const predicate of filedUnder?.predicates ?? []) filedUnder?.field.unfile(predicate, candidate, now);
  for (const predicate of demand?.predicates ?? []) demand?.field.file(predicate, candidate, now);
  candidate.filedUnder = demand;
}

function rarest<Filed>(
  demands: readonly Demand<Filed>[],
  now: number,
  optimism: number,
): Demand<Filed> | undefined {
  let best: Demand<Filed> | undefined;
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
function rateOf<Filed>({ field, predicates }: Demand<Filed>, now: number, optimism: number): number {
  let rate = 0;
  for (const predicate of predicates) {
    const { watchedBefore, watchedSince, filed, hitCount, condition } = predicate;
    const seen = watchedBefore + (filed.length > 0 ? now - watchedSince : 0);
    const guess = guessed(field, condition.kind) * (seen === 0 ? optimism : 1);
    rate += (hitCount + guess * GUESS_WEIGHT) / (seen + GUESS_WEIGHT);
    if (predicate.lookup === BY_TEST) rate += COST_OF_TEST;
  }
  return rate;
}

// Only the order of these matters. A literal is the rarer, the more different ones are asked for.
function guessed<Filed>(field: FieldIndex<Filed>, kind: ByteCondition['kind']): number {
  switch (kind) {
    case 'string':
    case 'address':
    case 'number':
    case 'integer':
    case 'token':
    case 'never':
      return 1 / (field.lookupCount + 2);
    case 'folded-equal':
    case 'folded-prefix':
    case 'folded-suffix':
    case 'prefix':
    case 'suffix':
      return 2 / (field.lookupCount + 3);
    case 'range':
    case 'block':
    case 'wildcard':
    case 'text':
      return 0.6;
    case 'none-of':
    case 'present':
      return 0.9;
  }
}
