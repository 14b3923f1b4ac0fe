import { BusClient } from '../bus/bus-client.ts';
import type { CommandIo } from '../command-io.ts';
import type { GlobalOptions } from '../global-options.ts';
import { helpWidth } from '../terminal/help-width.ts';
import { commandHelp } from './command-help.ts';
import { type CommandLine, readCommandLine } from './command-line.ts';
import { ownCommands } from './index.ts';

/**
 * Runs one of Busbar's own commands with the words that the global options left. Answers its exit code; throws the
 * CommandError to show.
 */
export async function runCommand(
  name: string,
  words: readonly string[],
  { io, options }: { readonly io: CommandIo; readonly options: GlobalOptions },
): Promise<number> {
  const command = await ownCommands[name]?.load();
  if (command === undefined) throw new Error(`there is no command ${name}`);
  if (options.help || (words.length === 1 && words[0] === 'help')) {
    io.stdout.write(commandHelp(command, helpWidth(io.stdout)));
    return 0;
  }
  const line = readCommandLine(command, words);
  checkGlobals(line, options);
  let client: Promise<BusClient> | undefined;
  const bus = () => {
    client ??= BusClient.connect(options, io);
    return client;
  };
  try {
    return await command.run(line, { io, options, bus });
  } finally {
    (await client?.catch(() => undefined))?.close();
  }
}

// What `busbar events` takes and these commands would not heed.
function checkGlobals(line: CommandLine, { output, query }: GlobalOptions): void {
  if (output !== undefined && output !== 'json' && output !== 'text') {
    throw line.error(`--output ${output} is not there for it: json is for programs, text for people.`);
  }
  if (query !== undefined) throw line.error('--query is not there for it: --output json goes with jq.');
}
