/** What may stand in one of the six fields. */
export interface CronField {
  /** The values that are accepted. */
  readonly least: number;
  readonly greatest: number;
  /** Where `*` begins; left out, at the least value. */
  readonly first?: number;
  /** In the order of their values. */
  readonly names?: readonly string[];
  /** Whether a range may run past the greatest value and go on at the least. */
  readonly wraps: boolean;
}

/** Every `step`th value from `start` to `end`, past the greatest value where `end` is before `start`. */
interface Progression {
  readonly start: number;
  readonly end: number;
  /** 0 stands for the start alone. */
  readonly step: number;
}

/** Says of each value whether a field takes it. */
export type Values = (value: number) => boolean;

const LARGEST_NUMBER = 2 ** 31 - 1;

const ITEM = /^(?:(\d+)(?:-(\d+))?|([A-Z]{3})(?:-([A-Z]{3}))?)(.*)$/s;

// AWS reads as much as makes sense and ignores what is glued to it (`0x`, `MONDAY`, `1-5W`). Only letters are
// let pass here, and no letter that would mean something: rather a refusal than another schedule.
const IGNORED = /^(?![LW])[A-Z][A-Z0-9]*$/;
const IGNORED_AFTER_RANGE = /^(?!L)[A-Z][A-Z0-9]*$/;

/** Reads a list of values, ranges and steps in upper case; undefined when any of them is none. */
export function parseValues(text: string, field: CronField): Values | undefined {
  const progressions: Progression[] = [];
  for (const item of text.split(',')) {
    const progression = parseItem(item, field);
    if (progression === undefined) return undefined;
    progressions.push(progression);
  }
  return (value) => progressions.some((progression) => isIn(value, progression, field));
}

/** A number or a name of the field; undefined when it is neither, or out of bounds. */
export function parseValue(text: string, field: CronField): number | undefined {
  if (!/^\d+$/.test(text)) {
    const index = field.names?.indexOf(text) ?? -1;
    return index < 0 ? undefined : field.least + index;
  }
  const value = Number(text);
  return value < field.least || value > field.greatest ? undefined : value;
}

function parseItem(item: string, field: CronField): Progression | undefined {
  if (item.startsWith('*')) return parseAll(item, field);
  const [, number, lastNumber, name, lastName, rest = ''] = ITEM.exec(item) ?? [];
  const start = parseValue(number ?? name ?? '', field);
  const last = lastNumber ?? lastName;
  const end = last === undefined ? start : parseValue(last, field);
  if (start === undefined || end === undefined || (end < start && !field.wraps)) return undefined;

  if (rest.startsWith('/')) {
    const step = parseStep(rest);
    if (step === undefined) return undefined;
    // AWS's grammar knows steps after numbers only; after a name it ignores them like other text.
    if (name !== undefined) return { start, end, step: 1 };
    return { start, end: last === undefined ? field.greatest : end, step };
  }
  const ignored = last === undefined ? IGNORED : IGNORED_AFTER_RANGE;
  return rest === '' || ignored.test(rest) ? { start, end, step: 1 } : undefined;
}

function parseAll(item: string, field: CronField): Progression | undefined {
  const step = item === '*' ? 1 : parseStep(item.slice(1));
  if (step === undefined) return undefined;
  // There is no start to stay at: every value.
  return { start: field.first ?? field.least, end: field.greatest, step: step === 0 ? 1 : step };
}

function parseStep(text: string): number | undefined {
  const step = /^\/\d+$/.test(text) ? Number(text.slice(1)) : Number.NaN;
  return step <= LARGEST_NUMBER ? step : undefined;
}

function isIn(value: number, { start, end, step }: Progression, { least, greatest }: CronField): boolean {
  const size = greatest - least + 1;
  const length = end < start ? end - start + size : end - start;
  const offset = value < start && end < start ? value - start + size : value - start;
  if (offset < 0 || offset > length) return false;
  return step === 0 ? offset === 0 : offset % step === 0;
}
