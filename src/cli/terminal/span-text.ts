const UNITS = [
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
  ['s', 1],
] as const;

/** A length of time in its two largest units: `3m 20s`, `2d 4h`, `0s`. Milliseconds are cut off. */
export function spanText(milliseconds: number): string {
  let rest = Math.max(0, Math.floor(milliseconds / 1000));
  const parts: string[] = [];
  for (const [unit, seconds] of UNITS) {
    const count = Math.floor(rest / seconds);
    rest -= count * seconds;
    if (count > 0 || parts.length > 0) parts.push(count > 0 ? `${count}${unit}` : '');
  }
  const [first = '0s', second = ''] = parts;
  return second === '' ? first : `${first} ${second}`;
}
