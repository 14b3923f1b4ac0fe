import { isReallyBelow } from './below.ts';
import { commandOf, refusalOfCommand } from './exec-url.ts';
import { type CommandEnd, runCommand } from './run-command.ts';
import {
  delivered,
  type Outcome,
  permanent,
  retryable,
  type TargetKind,
  type TargetSettings,
} from './target-kind.ts';

const EXCERPT_CHARACTERS = 200;

// From sysexits.h: wrong arguments, wrong data, no permission, wrong configuration. Another try changes none of them.
const HOPELESS = new Map([
  [64, 'SDK_CLIENT_ERROR'],
  [65, 'SDK_CLIENT_ERROR'],
  [77, 'NO_PERMISSIONS'],
  [78, 'SDK_CLIENT_ERROR'],
]);

/**
 * Busbar's own kind of target: a command of this machine, `exec:/PATH?arg=…`, which reads the input on standard
 * input. It is run without a shell, for commands that the configuration allows only; exit code 0 takes the event over.
 */
export function createExecTarget({ commands }: Pick<TargetSettings, 'commands'>): TargetKind {
  return {
    async invoke({ target, input, delivery, signal }) {
      const command = commandOf(target.arn);
      // What may be run can have changed since the target was put.
      const refusal = refusalOfCommand(target.arn, commands);
      if (command === undefined || refusal !== undefined) return permanent('NO_PERMISSIONS', refusal ?? '');
      const env = {
        BUSBAR_EVENT_ID: delivery.event.id,
        BUSBAR_ATTEMPT: String(delivery.attempts + 1),
        BUSBAR_RULE_ARN: delivery.owner,
        BUSBAR_TARGET_ID: delivery.targetId,
      };
      try {
        if (!(await isReallyBelow(command.path, commands))) {
          return permanent('NO_PERMISSIONS', `A symbolic link leads ${command.path} out of what is allowed.`);
        }
        return outcomeOfEnd(command.path, await runCommand(command, { input, env, signal }));
      } catch (error) {
        return outcomeOfError(command.path, error, signal);
      }
    },
    close: () => undefined,
  };
}

function outcomeOfEnd(path: string, { code, signal, said }: CommandEnd): Outcome {
  if (code === 0) return delivered;
  const end = signal === undefined ? `ended with ${code}` : `was ended by ${signal}`;
  const excerpt = said.slice(0, EXCERPT_CHARACTERS);
  const message = `${path} ${end}${excerpt === '' ? '.' : `: ${excerpt}`}`;
  const hopeless = HOPELESS.get(code ?? -1);
  return hopeless === undefined ? retryable('SERVER_ERROR', message) : permanent(hopeless, message);
}

function outcomeOfError(path: string, error: unknown, signal: AbortSignal): Outcome {
  if (signal.aborted) return retryable('TIMEOUT', `${path} did not end in time and was killed.`);
  const message = `${path}: ${error instanceof Error ? error.message : String(error)}`;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return permanent('NO_RESOURCE', message);
  if (code === 'EACCES' || code === 'EPERM') return permanent('NO_PERMISSIONS', message);
  // Too many processes or open files: that passes.
  return retryable('CONNECTION_FAILURE', message);
}
