import { PROGRAM } from './errors.ts';

/** What `busbar help` prints: the commands in a line each. */
export function programHelp(): string {
  return `Busbar: an event bus that speaks Amazon EventBridge.

Usage: ${PROGRAM} <command> [options]

  ${PROGRAM} start                start a bus on this machine (${PROGRAM} start --help)
  ${PROGRAM} events <operation>   call EventBridge as "aws events" does, on this machine's
                             bus unless another endpoint is given (${PROGRAM} events help)
  ${PROGRAM} help                 this text
  ${PROGRAM} --version            the version

First event: ${PROGRAM} events put-events --entries 'Source=my.app,DetailType=hello,Detail="{}"'
`;
}
