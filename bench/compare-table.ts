import type { Series, Tree } from './compare-rounds.ts';
import { compare } from './compare-statistics.ts';

type Row = readonly string[];

/** The figures of one tree, for people. */
export function figuresTable(series: readonly Series[]): string {
  const rows = series.map(
    (row): Row => [
      row.workload,
      row.figure,
      number(row.median),
      row.unit,
      spread(row),
      row.ratio === undefined ? '' : times(row.ratio),
    ],
  );
  return table([['workload', 'figure', 'median', '', 'spread', 'times the baseline'], ...rows], 2);
}

/** The figures of two trees beside each other, for people. */
export function comparisonTable(
  trees: readonly Tree[],
  first: readonly Series[],
  second: readonly Series[],
): string {
  const rows = first.flatMap((before, index): Row[] => {
    const after = second[index];
    if (after === undefined) return [];
    const { ratio, verdict } = compare(before, after, before.better);
    const medians = [before, after].flatMap((one) => [number(one.median), spread(one)]);
    return [[before.workload, before.figure, ...medians, before.unit, times(ratio), verdict]];
  });
  const labels = trees.flatMap(({ label }) => [label, 'spread']);
  return table([['workload', 'figure', ...labels, '', 'ratio', 'verdict'], ...rows], 2);
}

/** The spread as a share of the median. */
function spread({ median, spread: width }: Series): string {
  return `${((width / median) * 100).toFixed(1)} %`;
}

function number(value: number): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function times(ratio: number): string {
  return `${ratio.toFixed(ratio < 0.1 ? 3 : 2)}×`;
}

/** Columns as wide as they must be; those that begin with a digit, and their headlines, stand at the right. */
function table(rows: readonly Row[], gap: number): string {
  const [, firstRow = []] = rows;
  const widths = firstRow.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: Row) =>
    row
      .map((cell, column) => {
        const isNumber = /^\d/.test(firstRow[column] ?? '');
        const width = widths[column] ?? 0;
        return isNumber ? cell.padStart(width) : cell.padEnd(width);
      })
      .join(' '.repeat(gap))
      .trimEnd();
  return rows.map(line).join('\n');
}
