import { ownCommands } from './commands/index.ts';
import { PROGRAM } from './errors.ts';

/** What `busbar help` prints: the commands in a line each. */
export function programHelp(): string {
  const rows = Object.entries(ownCommands).map(([name, { about }]) => row(name, about));
  return `Busbar: an event bus that speaks Amazon EventBridge.

Usage: ${PROGRAM} <command> [options]

${row('start', 'start a bus on this machine')}
${row('events <operation>', 'call EventBridge as "aws events" does: the bus of')}
${row('', 'this machine, unless another endpoint is given')}

${rows.join('\n')}

${row('help', 'this text; every command has --help')}
${row('--version', 'the version')}

First event:
  ${PROGRAM} events put-events --entries 'Source=my.app,DetailType=hi,Detail="{}"'
`;
}

function row(name: string, about: string): string {
  return `  ${name === '' ? ' '.repeat(PROGRAM.length) : PROGRAM} ${name.padEnd(19)}${about}`;
}
