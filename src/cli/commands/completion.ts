import { type Shell, shellScript } from '../completion/shell-scripts.ts';
import type { Command, CommandContext } from './command.ts';
import type { CommandLine } from './command-line.ts';

/** `busbar completion`. */
export const completion: Command = {
  name: 'completion',
  usage: ['completion bash|zsh|fish', 'completion candidates -- WORD ...'],
  about:
    'Prints a script that makes a shell complete commands, operations, options, their values, and names that the bus of this machine knows: its rules, event buses, archives and so on. The script asks this program at each press of the key, for the candidates of the last of some words, so it stays right when Busbar is updated.',
  options: [],
  examples: [
    ['bash, in ~/.bashrc', 'source <(busbar completion bash)'],
    ['zsh, in ~/.zshrc behind compinit', 'source <(busbar completion zsh)'],
    ['fish', 'busbar completion fish > ~/.config/fish/completions/busbar.fish'],
    ['What the scripts ask', 'busbar completion candidates -- events put-'],
  ],
  run,
};

const SHELLS: readonly Shell[] = ['bash', 'zsh', 'fish'];

async function run(line: CommandLine, { io }: CommandContext): Promise<number> {
  const [what, ...words] = line.words;
  if (what === 'candidates') {
    const { candidatesFor } = await import('../completion/candidates.ts');
    const { candidatesText } = await import('../completion/candidates-text.ts');
    io.stdout.write(candidatesText(await candidatesFor(words, io)));
    return 0;
  }
  const shell = SHELLS.find((known) => known === what);
  if (shell === undefined || words.length > 0) throw line.error('name the shell: bash, zsh or fish.');
  io.stdout.write(shellScript(shell));
  return 0;
}
