import { loadAwsConfig, profileSetting } from '../aws/aws-config.ts';
import type { CommandIo } from '../command-io.ts';
import { type CommandError, errorText, PROGRAM } from '../errors.ts';
import type { GlobalOptions } from '../global-options.ts';
import { indentedJson } from './output-json.ts';

const OWN_PREFIX = `${PROGRAM}: error: `;
/** The format that `--cli-error-format`, AWS_CLI_ERROR_FORMAT or the profile's `cli_error_format` asks for. */
export function errorFormat(options: GlobalOptions | undefined, io: CommandIo): string | undefined {
  const named = options?.errorFormat ?? io.env['AWS_CLI_ERROR_FORMAT'];
  if (named !== undefined || options === undefined) return named;
  try {
    return profileSetting(loadAwsConfig(io, options), 'cli_error_format');
  } catch {
    // A configuration that can't be read may be what the error is about.
    return undefined;
  }
}

/**
 * The text that goes to standard error: plain (`legacy`, and whatever is no format), plain with its code (`enhanced`),
 * or its code and message in one of the formats that answers have.
 * AWS page: https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-error-format.html
 */
export async function formattedError(error: CommandError, format: string | undefined): Promise<string> {
  const message = error.message.trim();
  const fields = new Map([
    ['Code', error.code],
    ['Message', message],
  ]);
  switch (format) {
    case 'json':
      return `${indentedJson(fields)}\n`;
    case 'yaml':
      return (await import('./output-yaml.ts')).yamlText(fields);
    case 'text':
      return (await import('./output-text.ts')).plainText(fields);
    case 'table':
      return (await import('./output-table.ts')).tableText('Error', fields, { width: 80, colored: false });
    case 'enhanced':
      return enhanced(error, message);
    default:
      return errorText(error);
  }
}

function enhanced(error: CommandError, message: string): string {
  const plain = message.startsWith(OWN_PREFIX) ? message.slice(OWN_PREFIX.length) : message;
  const told = plain.startsWith('An error occurred (')
    ? plain
    : `An error occurred (${error.code}): ${plain}`;
  return `\n${PROGRAM}: [ERROR]: ${told}\n`;
}
