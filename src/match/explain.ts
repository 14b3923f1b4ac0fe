import { holds } from './condition.ts';
import { expectation, scalarText } from './condition-words.ts';
import { type ElementConflict, elementConflict, locationOf } from './element-conflict.ts';
import { type FieldValue, readFields } from './event-fields.ts';
import { nearMiss } from './near-miss.ts';
import type { Condition, Pattern, SubRule } from './pattern.ts';
import { agree, newStep, type Step } from './place-search.ts';

/** Why an event matches a pattern or doesn't. Plain data: it can be sent as JSON. */
export interface Explanation {
  readonly matched: boolean;
  /** The alternatives that `$or` makes, each on its own; one for a pattern without `$or`. */
  readonly alternatives: readonly AlternativeVerdict[];
  /** The index of the alternative that `fields` explain: the first that matched, else the one nearest to it. */
  readonly nearest: number;
  /** The fields of that alternative, in order of their paths. */
  readonly fields: readonly FieldExplanation[];
  /** Present when each of the fields holds, but not all in the same elements of an array. */
  readonly conflict?: ElementConflict;
}

/** How one alternative fared. */
export interface AlternativeVerdict {
  /** The `$or` branches taken, outermost first, as `detail.$or[1]`. */
  readonly branches: readonly string[];
  readonly matched: boolean;
  /** The paths of the fields that don't hold; empty too if they only don't hold together. */
  readonly failed: readonly string[];
}

/** How one field fared. */
export interface FieldExplanation {
  readonly path: string;
  /** `differs`: there are values, but none that satisfies it; `absent`: there is none, and there should be. */
  readonly verdict: 'holds' | 'differs' | 'absent';
  /** What the pattern asks for, as `a value that is "a" or starts with "b"`. */
  readonly expected: string;
  /** The first values found, at most `MAX_VALUES`. */
  readonly values: readonly FoundValue[];
  /** How many there are in all. */
  readonly valueCount: number;
  /** The verdict as a sentence. */
  readonly reason: string;
}

/** A value of the event at the path of a field. */
export interface FoundValue {
  /** Its path with the elements that hold it, as `detail.items[2].price`. */
  readonly location: string;
  /** As JSON; a number as the event writes it. */
  readonly text: string;
  readonly holds: boolean;
}

/** How many values of one field an explanation shows. */
export const MAX_VALUES = 20;

/** Explains, field by field, why an event matches a pattern or doesn't. Throws `InvalidEventError`. */
export function explain(pattern: Pattern, eventText: string): Explanation {
  const paths = pattern.subRules.flatMap(({ fields }) => [...fields.keys()]);
  const values = readFields(eventText, paths);
  const steps = new Map<readonly Condition[], Step>();
  const alternatives = pattern.subRules.map((subRule) => judge(subRule, values, steps));
  const nearest = indexOfNearest(alternatives);
  const matched = alternatives[nearest]?.matched === true;
  const fields = [...(pattern.subRules[nearest]?.fields ?? [])].map(([path, conditions]) => ({
    path,
    conditions,
    values: values.get(path) ?? [],
  }));
  const explained = fields.map(explainField);
  const holdApart = !matched && explained.every(({ verdict }) => verdict === 'holds');
  return {
    matched,
    alternatives,
    nearest,
    fields: explained,
    ...(holdApart ? { conflict: elementConflict(fields) } : {}),
  };
}

type Values = ReadonlyMap<string, readonly FieldValue[]>;

function judge(
  { fields, branches }: SubRule,
  values: Values,
  steps: Map<readonly Condition[], Step>,
): AlternativeVerdict {
  const failed: string[] = [];
  const own: Step[] = [];
  for (const [path, conditions] of fields) {
    const step = steps.get(conditions) ?? newStep(conditions, values.get(path) ?? []);
    steps.set(conditions, step);
    own.push(step);
    if (step.isHopeless) failed.push(path);
  }
  return { branches, matched: agree(own), failed };
}

function indexOfNearest(alternatives: readonly AlternativeVerdict[]): number {
  // Fields that hold, though not together, are nearer than a field that doesn't hold at all.
  const faults = ({ matched, failed }: AlternativeVerdict) => (matched ? -1 : failed.length);
  const counts = alternatives.map(faults);
  return counts.reduce((best, count, at) => (count < (counts[best] ?? 0) ? at : best), 0);
}

interface Field {
  readonly path: string;
  readonly conditions: readonly Condition[];
  readonly values: readonly FieldValue[];
}

function explainField({ path, conditions, values }: Field): FieldExplanation {
  const found = values.map((value) => ({
    location: locationOf(path, value.place),
    text: scalarText(value),
    holds: conditions.some((condition) => holds(condition, value)),
  }));
  const { isHopeless } = newStep(conditions, values);
  const verdict = isHopeless ? (values.length === 0 ? 'absent' : 'differs') : 'holds';
  // What satisfies the field is shown before what doesn't.
  const shown = [...found.filter((one) => one.holds), ...found.filter((one) => !one.holds)].slice(
    0,
    MAX_VALUES,
  );
  const expected = expectation(conditions);
  const finding = findingOf(verdict, shown[0], found.length);
  const reason = `Found ${finding}; the pattern asks for ${expected}.`;
  const near = verdict === 'differs' ? nearMissAmong(conditions, values) : undefined;
  return {
    path,
    verdict,
    expected,
    values: shown,
    valueCount: found.length,
    reason: near === undefined ? reason : `${reason} ${near}`,
  };
}

function findingOf(
  verdict: FieldExplanation['verdict'],
  first: FoundValue | undefined,
  count: number,
): string {
  if (first === undefined) return 'nothing';
  if (verdict === 'holds') return first.holds ? first.text : 'values in some elements only';
  return count === 1 ? first.text : `${count} values, ${first.text} first`;
}

function nearMissAmong(conditions: readonly Condition[], values: readonly FieldValue[]): string | undefined {
  for (const value of values) {
    const miss = nearMiss(conditions, value);
    if (miss !== undefined) return miss;
  }
  return undefined;
}
