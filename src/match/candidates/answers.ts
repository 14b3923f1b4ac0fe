import * as scanner from '../scan/scanner.ts';
import * as byteCondition from './byte-condition.ts';
import type { Candidate } from './candidate.ts';
import type { EventInHand } from './event-in-hand.ts';
import type { FieldIndex } from './field-index.ts';
import type { RangeHint } from './many-values.ts';

// Constants of its own a platform folds; imported ones it loads, and checks, each time.
const { BY_START } = byteCondition;
const { NUMBER } = scanner;

/**
 * What a ticket with several rules stands for, if nothing else leads to them and they need no more than a number in some
 * range: their ids and the bounds, so that no candidate is touched. A part of them is what one candidate had.
 */
export class Answers<Id> {
  /** The ids of all parts, and where those of each end. */
  readonly #ids: readonly Id[];
  readonly #ends: readonly number[];
  /** The field whose number decides about the parts, if there is anything to decide, and the two bounds of each. */
  readonly #ranged: FieldIndex | undefined;
  readonly #bounds: Float64Array;
  /** The fields by several doors of which some of the candidates are led to. */
  readonly #doored: readonly FieldIndex[];

  private constructor(holders: readonly Candidate<Id>[], ranged: FieldIndex | undefined) {
    const parts = holders.map(({ rule, otherRules = [] }) => [rule.id, ...otherRules.map(({ id }) => id)]);
    let end = 0;
    this.#ids = parts.flat();
    this.#ends = parts.map(({ length }) => {
      end += length;
      return end;
    });
    this.#ranged = ranged;
    const ranges = holders.map(rangeOf).filter((range) => range !== undefined);
    this.#bounds = Float64Array.from(ranges.flatMap(({ first, last }) => [first, last]));
    const doored = holders.filter(({ filing }) => filing !== undefined && filing.doors.length > 1);
    this.#doored = [...new Set(doored.flatMap(({ filing }) => filing?.demand.field ?? []))];
  }

  /** What a ticket of these holders answers; null if they have to be tried one by one. */
  static of<Id>(holders: readonly Candidate<Id>[]): Answers<Id> | null {
    const ranged = holders[0]?.open[0]?.field;
    const areAlike = holders.every((candidate) => isOnlyWay(candidate) && needsOnly(ranged, candidate));
    return areAlike ? new Answers(holders, ranged) : null;
  }

  /** Whether it holds for an event, which must agree anyway: no field may have several values that have to be tried. */
  isFor(event: EventInHand): boolean {
    for (const field of this.#doored) if (field.valueCount !== 1) return false;
    const ranged = this.#ranged;
    return ranged === undefined || ranged.seenIn !== event.number || ranged.valueCount === 1;
  }

  /** Adds the ids of the rules that match to `matched`; returns whether all do. */
  report(event: EventInHand, matched: Id[]): boolean {
    const ids = this.#ids;
    if (this.#ranged !== undefined) return this.#reportRanges(event, this.#ranged, matched);
    for (let place = 0; place < ids.length; place++) matched.push(ids[place] as Id);
    return true;
  }

  #reportRanges(event: EventInHand, { seenIn, firstRow }: FieldIndex, matched: Id[]): boolean {
    const isNumber = seenIn === event.number && event.kind(firstRow) === NUMBER;
    const value = isNumber ? event.numberAt(firstRow) : Number.NaN;
    const ids = this.#ids;
    const bounds = this.#bounds;
    let doAll = true;
    let place = 0;
    for (let part = 0; part < this.#ends.length; part++) {
      const end = this.#ends[part] ?? 0;
      const isWithin = value >= (bounds[part * 2] ?? 0) && value <= (bounds[part * 2 + 1] ?? 0);
      if (!isWithin) doAll = false;
      else for (; place < end; place++) matched.push(ids[place] as Id);
      place = end;
    }
    return doAll;
  }
}

/** Whether the rules of a candidate have no other one, and no two tickets lead from one value to it. */
function isOnlyWay<Id>(candidate: Candidate<Id>): boolean {
  const { filing, rule, otherRules = [] } = candidate;
  const [door, ...otherDoors] = filing?.doors ?? [];
  if (door === undefined || rule.candidates !== candidate) return false;
  // A value has one key at most for a look-up that takes all of it.
  const isWhole = door.lookup < BY_START;
  if (!otherDoors.every(({ lookup }) => isWhole && lookup === door.lookup)) return false;
  return otherRules.every(({ candidates }) => candidates === candidate);
}

function needsOnly<Id>(ranged: FieldIndex | undefined, candidate: Candidate<Id>): boolean {
  const { open } = candidate;
  if (ranged === undefined) return open.length === 0;
  return open.length === 1 && open[0]?.field === ranged && rangeOf(candidate) !== undefined;
}

/** The range that a candidate needs a number to be in, if that is the first of what its ticket leaves open. */
function rangeOf<Id>({ open: [demand] }: Candidate<Id>): RangeHint | undefined {
  if (demand === undefined || demand.mayBeAbsent || demand.predicates.length !== 1) return undefined;
  const hint = demand.predicates[0]?.hint;
  return hint?.kind === 'range' ? hint : undefined;
}
