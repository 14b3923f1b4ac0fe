const UNITS = ['bytes', 'KB', 'MB', 'GB', 'TB'];

/** An amount of bytes as people say it: `219 bytes`, `4.5 KB`, `12 MB`; a thousand make the next unit. */
export function byteText(bytes: number): string {
  let amount = bytes;
  let unit = 0;
  while (amount >= 999.5 && unit < UNITS.length - 1) {
    amount /= 1000;
    unit += 1;
  }
  const digits = unit > 0 && amount < 9.95 ? 1 : 0;
  return `${amount.toFixed(digits)} ${UNITS[unit]}`;
}
