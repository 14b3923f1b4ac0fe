import type { Command, CommandContext } from './command.ts';
import type { CommandLine } from './command-line.ts';

/** `busbar aws`. */
export const aws: Command = {
  name: 'aws',
  usage: ['aws [--shell sh|fish|powershell|json]', 'aws -- COMMAND ...'],
  about:
    'Prints the environment that makes the AWS CLI and every AWS SDK call this bus instead of AWS. With a command behind --, runs it in that environment.',
  options: [
    {
      name: 'shell',
      value: 'NAME',
      help: 'sh (also bash and zsh), fish, powershell or json (guessed from SHELL).',
    },
    { name: 'all', help: 'Point every AWS service here, not EventBridge alone.' },
  ],
  examples: [
    ['For this shell', 'eval "$(busbar aws)"'],
    ['In fish', 'busbar aws --shell fish | source'],
    ['For one command', 'busbar aws -- aws events list-rules'],
  ],
  run,
};

const SHELLS = ['sh', 'bash', 'zsh', 'fish', 'powershell', 'json'];

async function run(line: CommandLine, context: CommandContext): Promise<number> {
  const { io, options } = context;
  const variables = await variablesOf(line, context);
  if (line.words.length > 0) return runCommand(line, { ...io.env, ...variables });
  const shell = options.output === 'json' ? 'json' : (line.text('shell') ?? guessed(io.env['SHELL']));
  if (!SHELLS.includes(shell)) throw line.error(`there is no shell "${shell}" here: ${SHELLS.join(', ')}.`);
  io.stdout.write(written(variables, shell));
  return 0;
}

// What is set already stays, so that one's own credentials and region are not lost.
async function variablesOf(
  line: CommandLine,
  { bus, io }: CommandContext,
): Promise<Readonly<Record<string, string>>> {
  const { url, region } = await bus();
  const endpoint = url.href.replace(/\/$/, '');
  return {
    [line.has('all') ? 'AWS_ENDPOINT_URL' : 'AWS_ENDPOINT_URL_EVENTBRIDGE']: endpoint,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: io.env['AWS_ACCESS_KEY_ID'] || 'busbar',
    AWS_SECRET_ACCESS_KEY: io.env['AWS_SECRET_ACCESS_KEY'] || 'busbar',
  };
}

function guessed(shell: string | undefined): string {
  return shell?.endsWith('/fish') === true ? 'fish' : 'sh';
}

function written(variables: Readonly<Record<string, string>>, shell: string): string {
  if (shell === 'json') return `${JSON.stringify(variables, null, 4)}\n`;
  const lines = Object.entries(variables).map(([name, value]) => {
    if (shell === 'fish') return `set -gx ${name} '${value.replace(/[\\']/g, '\\$&')}'`;
    if (shell === 'powershell') return `$env:${name} = '${value.replaceAll("'", "''")}'`;
    return `export ${name}='${value.replaceAll("'", `'\\''`)}'`;
  });
  return lines.map((text) => `${text}\n`).join('');
}

async function runCommand(
  line: CommandLine,
  env: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  const { spawn } = await import('node:child_process');
  const [command = '', ...argv] = line.words;
  return new Promise((resolve, reject) => {
    const child = spawn(command, argv, { env, stdio: 'inherit' });
    // The command decides what Ctrl-C does to it.
    process.on('SIGINT', () => undefined);
    child.on('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ENOENT' ? line.error(`there is no command ${command}.`) : error),
    );
    child.on('exit', (code, signal) => resolve(signal === null ? (code ?? 0) : 128));
  });
}
