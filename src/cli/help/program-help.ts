import { ownCommands } from '../commands/index.ts';
import { PROGRAM } from '../errors.ts';

/** What `busbar help` prints: the commands in a line each, and where to read on. */
export function programHelp(): string {
  return `Busbar: an event bus that speaks Amazon EventBridge.

Usage: ${PROGRAM} <command> [options]

${row('start', 'start a bus on this machine')}
${row('events <operation>', 'call EventBridge as "aws events" does: the bus of')}
${row('', 'this machine, unless another endpoint is given')}

${rows('send', 'tail', 'explain', 'expect', 'listen', 'trigger')}

${rows('status', 'redrive', 'replay', 'archive', 'doctor')}

${rows('aws', 'completion')}

${row('help', 'this text')}
${row('--version', 'the version')}

First event, beside a bus that ${PROGRAM} start has started:
  ${PROGRAM} events put-events --entries 'Source=my.app,DetailType=hi,Detail="{}"'
  ${PROGRAM} tail --since 1m --count 1

More help:
${row('<command> help', 'what a command does, its options and examples')}
${row('events help', 'the operations of the API')}
${row('events put-rule help', 'one of them, each option explained, with examples')}
`;
}

function rows(...names: readonly string[]): string {
  return names.map((name) => row(name, ownCommands[name]?.about ?? '')).join('\n');
}

function row(name: string, about: string): string {
  return `  ${name === '' ? ' '.repeat(PROGRAM.length) : PROGRAM} ${name.padEnd(22)}${about}`;
}
