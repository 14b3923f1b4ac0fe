/** The rows with the cells of the given columns, counted from 0, moved to the right. For cells without colours. */
export function rightAligned(
  rows: readonly (readonly string[])[],
  indexes: readonly number[],
): readonly (readonly string[])[] {
  const widths = indexes.map((index) => Math.max(0, ...rows.map((row) => row[index]?.length ?? 0)));
  return rows.map((row) =>
    row.map((cell, index) => {
      const at = indexes.indexOf(index);
      return at < 0 ? cell : cell.padStart(widths[at] ?? 0);
    }),
  );
}
