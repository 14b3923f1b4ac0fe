/** The name under which the command line speaks of itself. */
export const PROGRAM = 'busbar';

const USAGE = `usage: ${PROGRAM} [options] <command> <subcommand> [<subcommand> ...] [parameters]
To see help text, you can run:

  ${PROGRAM} help
  ${PROGRAM} <command> help
  ${PROGRAM} <command> <subcommand> help
`;

/**
 * The exit codes of the AWS CLI v2.
 * AWS page: https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-returncodes.html
 */
const EXIT = { syntax: 252, configuration: 253, service: 254, general: 255 } as const;

/** A failure that the user is told about: its text as the AWS CLI words it, its exit code, its short name. */
export class CommandError extends Error {
  readonly exitCode: number;
  /** What `--cli-error-format json` shows as `Code`. */
  readonly code: string;
  /** Whether the usage text stands before the message. */
  readonly showsUsage: boolean;

  constructor(message: string, options: { exitCode: number; code: string; showsUsage?: boolean }) {
    super(message);
    this.name = 'CommandError';
    this.exitCode = options.exitCode;
    this.code = options.code;
    this.showsUsage = options.showsUsage ?? false;
  }
}

/** A command line that can't be read: usage, then `busbar: error: …`, exit 252. */
export function syntaxError(message: string): CommandError {
  return new CommandError(`${PROGRAM}: error: ${message}`, {
    exitCode: EXIT.syntax,
    code: 'ParamValidation',
    showsUsage: true,
  });
}

/** Words that no option takes: usage, then the words, exit 252. */
export function unknownOptions(words: readonly string[]): CommandError {
  return new CommandError(`Unknown options: ${words.join(', ')}`, {
    exitCode: EXIT.syntax,
    code: 'ParamValidation',
    showsUsage: true,
  });
}

/** A parameter that is wrong in itself, exit 252. */
export function validationError(message: string): CommandError {
  return new CommandError(message, { exitCode: EXIT.syntax, code: 'ParamValidation' });
}

/** A parameter whose text can't be parsed, exit 252. `parameter` is the option as AWS names it there. */
export function parameterError(parameter: string, message: string): CommandError {
  return validationError(`Error parsing parameter '${parameter}': ${message}`);
}

/** No region, no credentials and the like, exit 253. */
export function configurationError(code: string, message: string): CommandError {
  return new CommandError(message, { exitCode: EXIT.configuration, code });
}

/** The service answered with an error, exit 254. */
export function serviceError(code: string, message: string): CommandError {
  return new CommandError(message, { exitCode: EXIT.service, code });
}

/** Everything else that the AWS CLI reports, exit 255. */
export function generalError(message: string, code = 'GeneralError'): CommandError {
  return new CommandError(message, { exitCode: EXIT.general, code });
}

/** The text that goes to standard error for an error: a blank line first, as the AWS CLI v2 does. */
export function errorText(error: CommandError): string {
  const usage = error.showsUsage ? `${USAGE}\n` : '';
  return `\n${usage}${error.message}\n`;
}
