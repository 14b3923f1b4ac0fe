import type { TextSink } from '../command-io.ts';

const WIDTH = 80;
const NARROWEST = 40;
// Longer lines are hard to read.
const WIDEST = 120;

/** How wide help is written: as the terminal is, within reason, and 80 columns where there is none. */
export function helpWidth(stdout: TextSink): number {
  if (stdout.isTTY !== true) return WIDTH;
  // A terminal that doesn't know its width says 0.
  return Math.min(Math.max(stdout.columns || WIDTH, NARROWEST), WIDEST);
}
