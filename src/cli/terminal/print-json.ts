import type { CommandIo } from '../command-io.ts';

/** Prints a value as `--output json` does, four spaces a level. */
export function printAnswerJson(value: unknown, io: CommandIo): void {
  io.stdout.write(`${JSON.stringify(value, null, 4)}\n`);
}
