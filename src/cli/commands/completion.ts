import { shapeOf } from '../../api-model/api-model.ts';
import { globalOptions } from '../global-options.ts';
import { inputMembers, operationOptions, operationsByCommand } from '../operation-options.ts';
import type { Command, CommandContext } from './command.ts';
import type { CommandLine } from './command-line.ts';
import { completionScript, type Vocabulary } from './completion-script.ts';
import { ownCommands } from './index.ts';

/** `busbar completion`. */
export const completion: Command = {
  name: 'completion',
  usage: ['completion bash|zsh|fish'],
  about:
    'Prints a script that makes a shell complete commands, operations, options and their values. It comes from the API model, so print it anew with a new version.',
  options: [],
  examples: [
    ['bash, in ~/.bashrc', 'source <(busbar completion bash)'],
    ['zsh, in ~/.zshrc behind compinit', 'source <(busbar completion zsh)'],
    ['fish', 'busbar completion fish > ~/.config/fish/completions/busbar.fish'],
  ],
  run,
};

async function run(line: CommandLine, { io }: CommandContext): Promise<number> {
  const [shell, ...more] = line.words;
  if (more.length > 0 || (shell !== 'bash' && shell !== 'zsh' && shell !== 'fish')) {
    throw line.error('name the shell: bash, zsh or fish.');
  }
  io.stdout.write(completionScript(shell, await vocabulary()));
  return 0;
}

async function vocabulary(): Promise<Vocabulary> {
  const { settings } = await import('../../config.ts');
  const flags = Object.values(settings).flatMap((setting) =>
    'flag' in setting ? [`--${setting.flag}`] : [],
  );
  const commands = new Map<string, readonly string[]>([
    ['start', flags],
    ['events', []],
    ['help', []],
  ]);
  for (const [name, { load }] of Object.entries(ownCommands)) {
    const { options } = await load();
    commands.set(
      name,
      options.map((option) => `--${option.name}`),
    );
  }
  const operations = new Map(
    [...operationsByCommand].map(([name, operation]) => [
      name,
      operationOptions(operation, true).map(({ flag }) => flag),
    ]),
  );
  const values = new Map<string, readonly string[]>([
    ['--generate-cli-skeleton', ['input', 'output', 'yaml-input']],
    ['--shell', ['sh', 'bash', 'zsh', 'fish', 'powershell', 'json']],
  ]);
  for (const { flag, choices } of globalOptions) if (choices !== undefined) values.set(flag, choices);
  for (const operation of operationsByCommand.values()) {
    for (const { option, shape: name } of inputMembers(operation)) {
      const shape = shapeOf(name);
      if (shape.type === 'string' && shape.enum !== undefined) values.set(option.flag, shape.enum);
    }
  }
  return { commands, operations, values, globals: globalOptions.map(({ flag }) => flag) };
}
