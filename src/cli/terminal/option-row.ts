import { indented } from './indented.ts';

// A flag that is longer than this stands on a line of its own.
const FLAG_COLUMN = 26;

/** A flag, and beside it what it does, in lines that end within the width. */
export function optionRow(flag: string, help: string, width: number): string {
  const head = `  ${flag}`;
  const text = indented(help, FLAG_COLUMN, width);
  if (head.length + 2 > FLAG_COLUMN) return `${head}\n${text}`;
  return head.padEnd(FLAG_COLUMN) + text.trimStart();
}
