import type { Operation } from '../api-model/api-model.ts';
import { type AwsConfig, profileSetting } from './aws-config.ts';
import type { CommandIo } from './command-io.ts';
import { generalError, notThereYet } from './errors.ts';
import type { GlobalOptions } from './global-options.ts';
import { indentedJson } from './output-json.ts';
import type { ParameterValue } from './parameter-value.ts';
import { outputSkeleton } from './skeleton.ts';
import { fromWire } from './wire-value.ts';

/** How answers are printed. */
export interface OutputSettings {
  readonly format: string;
  /** Whether times stay as they came. */
  readonly keepTimes: boolean;
}

/**
 * The output settings: `--output`, AWS_DEFAULT_OUTPUT, the profile's `output`, JSON. A format that exists but
 * that Busbar can't print is refused here (exit 252), before the call whose answer would be lost; one that does
 * not exist is refused by `printAnswer`, as the AWS CLI does.
 */
export function outputSettings(options: GlobalOptions, config: AwsConfig, io: CommandIo): OutputSettings {
  const format =
    options.output ?? (io.env['AWS_DEFAULT_OUTPUT'] || profileSetting(config, 'output') || 'json');
  if (['text', 'table', 'yaml', 'yaml-stream', 'off'].includes(format)) {
    throw notThereYet(`the configured output format ${format}`, 'use --output json');
  }
  return { format, keepTimes: profileSetting(config, 'cli_timestamp_format') === 'wire' };
}

/** Prints an operation's answer; an empty one prints nothing. Throws (exit 255) for an unknown format. */
export function printAnswer(
  operation: Operation,
  answer: ParameterValue,
  { settings, io }: { readonly settings: OutputSettings; readonly io: CommandIo },
): void {
  if (settings.format !== 'json') throw generalError(`Unknown output type: ${settings.format}`);
  if (operation.output === undefined) return;
  const shown = fromWire(answer, operation.output, settings.keepTimes);
  if (shown instanceof Map && shown.size === 0) return;
  printJson(shown, io);
}

/** Prints the sample of an operation's output in the place of an answer. */
export function printOutputSkeleton(
  operation: Operation,
  { settings, io }: { readonly settings: OutputSettings; readonly io: CommandIo },
): void {
  const sample = operation.output === undefined ? new Map() : outputSkeleton(operation.output);
  printAnswer(operation, sample, { settings: { ...settings, keepTimes: true }, io });
}

/** Prints a value as JSON, a newline at its end. */
export function printJson(value: ParameterValue, io: CommandIo): void {
  io.stdout.write(`${indentedJson(value)}\n`);
}
