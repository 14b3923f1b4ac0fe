import type { BusClient } from '../bus/bus-client.ts';
import type { CommandIo } from '../command-io.ts';
import type { GlobalOptions } from '../global-options.ts';
import type { CommandLine } from './command-line.ts';

/** An option of one of Busbar's own commands, with what its help says of it. */
export interface OwnOption {
  /** Without its dashes. */
  readonly name: string;
  /** What stands for its value in help; without it the option takes none. */
  readonly value?: string;
  readonly help: string;
}

/** What a command works with. */
export interface CommandContext {
  readonly io: CommandIo;
  readonly options: GlobalOptions;
  /** The bus that the options, the environment and the AWS configuration name. Throws a CommandError. */
  readonly bus: () => Promise<BusClient>;
}

/** One of Busbar's own commands: `busbar NAME …`. */
export interface Command {
  readonly name: string;
  /** How it is called, without the program's name; a line for each way. */
  readonly usage: readonly string[];
  readonly about: string;
  readonly options: readonly OwnOption[];
  /** Lines that can be tried, each with what it does. */
  readonly examples: readonly (readonly [does: string, line: string])[];
  /** What the exit codes mean besides those of every command. */
  readonly exitCodes?: string;
  /** Answers the exit code; throws the CommandError to show. */
  readonly run: (line: CommandLine, context: CommandContext) => Promise<number>;
}
