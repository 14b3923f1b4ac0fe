import { editDistance } from './edit-distance.ts';
import { isInteger } from './number.ts';
import type { Condition, SubRule } from './pattern.ts';

/** A field of a pattern that no event can satisfy. Plain data. */
export interface Contradiction {
  readonly path: string;
  readonly reason: string;
  /** What was probably meant. */
  readonly hint?: string;
}

// What every event of EventBridge has, with texts in them; only a replay adds its name.
const TEXT_FIELDS = ['version', 'id', 'detail-type', 'source', 'account', 'time', 'region', 'replay-name'];
const FIELDS = [...TEXT_FIELDS, 'resources', 'detail'];

/**
 * The fields of one alternative that no event on an event bus can satisfy: only what is certain by the form that
 * all events have, and by arithmetic. Empty where nothing is certain.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html
 */
export function contradictions({ fields }: SubRule): readonly Contradiction[] {
  return [...fields].flatMap(([path, conditions]) => {
    const found = contradictionOf(path, conditions);
    return found === undefined ? [] : [{ path, ...found }];
  });
}

type Finding = Omit<Contradiction, 'path'>;

function contradictionOf(path: string, conditions: readonly Condition[]): Finding | undefined {
  const [top = '', ...below] = path.split('.');
  // A field that may be missing is satisfied by its absence, but for those that never are missing.
  const absenceHolds = conditions.some(
    ({ kind, ...rest }) => kind === 'exists' && 'exists' in rest && !rest.exists,
  );
  if (!FIELDS.includes(top)) return absenceHolds ? undefined : noSuchField(top);
  if (absenceHolds) return mayBeMissing(top, below) ? undefined : unlessPresent(top, conditions);
  if (top === 'detail') return below.length === 0 ? isObject() : neverHolding(conditions);
  if (below.length > 0)
    return {
      reason: `${top} holds ${top === 'resources' ? 'a list of texts' : 'a text'}, and nothing below it.`,
    };
  return neverHoldingText(top, conditions);
}

function mayBeMissing(top: string, below: readonly string[]): boolean {
  return below.length > 0 || top === 'resources' || top === 'detail' || top === 'replay-name';
}

function unlessPresent(top: string, conditions: readonly Condition[]): Finding | undefined {
  const others = conditions.filter((condition) => condition.kind !== 'exists' || condition.exists);
  if (others.length > 0 && neverHoldingText(top, others) === undefined) return undefined;
  return { reason: `Every event has ${top}.` };
}

function noSuchField(top: string): Finding {
  const plain = (name: string) => name.toLowerCase().replaceAll(/[^a-z]/g, '');
  const near = FIELDS.find((field) => editDistance(plain(field), plain(top)) <= 1);
  const hint =
    near === undefined
      ? `Fields of your own are inside detail: {"detail": {"${top}": …}}.`
      : `Did you mean ${near}?`;
  return {
    reason: `Events have no field ${top}: an event has version, id, detail-type, source, account, time, region, resources and detail.`,
    hint,
  };
}

function isObject(): Finding {
  return { reason: 'detail is an object: it has no value itself, only its fields have.' };
}

/** Why none of the conditions can hold for any value. */
function neverHolding(conditions: readonly Condition[]): Finding | undefined {
  const reasons = conditions.map(impossibility);
  return reasons.includes(undefined) ? undefined : { reason: reasons[0] ?? '' };
}

/** The same for a field that holds texts only. */
function neverHoldingText(field: string, conditions: readonly Condition[]): Finding | undefined {
  const reasons = conditions.map((condition) => impossibility(condition) ?? impossibleText(field, condition));
  return reasons.includes(undefined) ? undefined : { reason: reasons[0] ?? '' };
}

function impossibility(condition: Condition): string | undefined {
  if (condition.kind === 'number' && condition.value === undefined && !isInteger(condition.text)) {
    return `No double holds ${condition.text}, and such a number is compared by its digits only where it is whole.`;
  }
  if (condition.kind !== 'numeric') return undefined;
  const { low, high, lowIncluded, highIncluded } = condition;
  const isEmpty = low > high || (low === high && !(lowIncluded && highIncluded));
  return isEmpty ? 'No number is within the range.' : undefined;
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

function impossibleText(field: string, condition: Condition): string | undefined {
  switch (condition.kind) {
    case 'number':
    case 'numeric':
      return `${field} holds text, never a number.`;
    case 'token':
      return `${field} holds text, never ${condition.token}.`;
    case 'string':
      return impossibleLiteral(field, condition.value);
    default:
      return undefined;
  }
}

function impossibleLiteral(field: string, value: string): string | undefined {
  if (field === 'version' && value !== '0') return 'version is "0" in every event.';
  if (field === 'account' && !/^\d{12}$/.test(value)) return 'account is twelve digits.';
  if (field === 'time' && !INSTANT.test(value)) return 'time is written like 2026-01-02T03:04:05Z.';
  return undefined;
}
