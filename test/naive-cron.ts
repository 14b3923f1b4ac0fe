/**
 * Cron expressions of the plain kind (numbers, lists, ranges, steps, `?`, `L`) read in the plainest way, to
 * check the real reading against, and to measure it. What it is given must be valid.
 */
export type NaiveCron = readonly string[];

/** The six fields of `cron(…)`. */
export function naiveCron(expression: string): NaiveCron {
  return expression.slice('cron('.length, -1).split(' ');
}

/** Whether a schedule takes a day, any instant of which is given. */
export function takesDay(
  [, , dayOfMonth = '', month = '', dayOfWeek = '', year = '']: NaiveCron,
  date: Date,
): boolean {
  const day = date.getUTCDate();
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  return (
    takes(year, date.getUTCFullYear(), { least: 1970, greatest: 2199 }) &&
    takes(month, date.getUTCMonth() + 1, { least: 1, greatest: 12 }) &&
    (dayOfMonth === 'L' ? day === lastDay : takes(dayOfMonth, day, { least: 1, greatest: 31 })) &&
    takes(dayOfWeek, date.getUTCDay() + 1, { least: 1, greatest: 7 })
  );
}

/** Whether a schedule that takes the day takes that time of it. */
export function takesTime([minutes = '', hours = '']: NaiveCron, date: Date): boolean {
  return (
    takes(hours, date.getUTCHours(), { least: 0, greatest: 23 }) &&
    takes(minutes, date.getUTCMinutes(), { least: 0, greatest: 59 })
  );
}

/** The first minute after `after` that a schedule takes: every one is tried, up to `limit`. */
export function naiveNext(cron: NaiveCron, after: number, limit: number): number | undefined {
  for (let time = Math.floor(after / 60_000) * 60_000 + 60_000; time <= limit; time += 60_000) {
    const date = new Date(time);
    if (takesDay(cron, date) && takesTime(cron, date)) return time;
  }
  return undefined;
}

interface Bounds {
  readonly least: number;
  readonly greatest: number;
}

function takes(field: string, value: number, bounds: Bounds): boolean {
  if (field === '?') return true;
  return field.split(',').some((item) => valuesOf(item, bounds).includes(value));
}

/** By counting: from the start, one by one, past the greatest value to the least where need be, to the end. */
function valuesOf(item: string, { least, greatest }: Bounds): readonly number[] {
  const [range = '', step = '1'] = item.split('/');
  const [from = '', to] = range === '*' ? [String(least), String(greatest)] : range.split('-');
  const end = to === undefined ? (item.includes('/') ? greatest : Number(from)) : Number(to);
  const values: number[] = [];
  for (let value = Number(from), count = 0; ; value = value === greatest ? least : value + 1, count++) {
    if (step === '0' ? count === 0 || range === '*' : count % Number(step) === 0) values.push(value);
    if (value === end) return values;
  }
}
