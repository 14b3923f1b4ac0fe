import type { Operation, Paginator } from '../../api-model/api-model.ts';
import { type AwsConfig, profileSetting } from '../aws/aws-config.ts';
import type { CommandIo } from '../command-io.ts';
import { generalError } from '../errors.ts';
import type { GlobalOptions } from '../global-options.ts';
import { type Page, wholeAnswer } from '../operations/paging.ts';
import type { ParameterValue } from '../parameters/parameter-value.ts';
import { outputSkeleton } from '../parameters/skeleton.ts';
import { fromWire } from '../parameters/wire-value.ts';
import type { Query } from '../query/query.ts';
import { indentedJson } from './output-json.ts';

/** How answers are printed. */
export interface OutputSettings {
  readonly format: string;
  /** Whether times stay as they came. */
  readonly keepTimes: boolean;
  /** What is printed in the answer's place. */
  readonly query: Query | undefined;
  /** Whether tables are coloured. */
  readonly colored: boolean;
}

/** What is printed where, and how. */
export interface OutputContext {
  readonly operation: Operation;
  readonly settings: OutputSettings;
  readonly io: CommandIo;
}

/** The output settings: `--output`, AWS_DEFAULT_OUTPUT, the profile's `output`, JSON; `--query`, `--color`. */
export function outputSettings(
  options: GlobalOptions,
  config: AwsConfig,
  { io, query }: { readonly io: CommandIo; readonly query: Query | undefined },
): OutputSettings {
  const format =
    options.output ?? (io.env['AWS_DEFAULT_OUTPUT'] || profileSetting(config, 'output') || 'json');
  return {
    format,
    query,
    keepTimes: profileSetting(config, 'cli_timestamp_format') === 'wire',
    colored:
      options.color === 'on' || (options.color !== 'off' && format === 'table' && io.stdout.isTTY === true),
  };
}

/**
 * Prints the answer of one call; an empty one prints nothing. Throws (exit 255) for an unknown format, for a query
 * that can't be computed, and for what fits no table.
 */
export async function printAnswer(answer: ParameterValue, context: OutputContext): Promise<void> {
  const print = await printer(context);
  print(asked(shownAnswer(answer, context), context));
}

/**
 * Prints the answer of a paged operation: at once when it is complete, but page by page as text and as a stream of
 * YAML, where the query goes over each page too. Throws as `printAnswer` does, and what `pages` throws.
 */
export async function printPages(
  pages: AsyncIterable<Page>,
  paginator: Paginator,
  context: OutputContext,
): Promise<void> {
  const print = await printer(context);
  const shown = shownPages(pages, context);
  if (context.settings.format === 'yaml-stream') {
    for await (const { answer } of shown) print(asked(answer, context));
  } else if (context.settings.format === 'text') {
    for await (const part of textParts(shown, paginator)) print(asked(part, context));
  } else {
    print(asked(await wholeAnswer(paginator, shown), context));
  }
}

/** Prints the sample of an operation's output in the place of an answer. Throws as `printAnswer` does. */
export async function printOutputSkeleton(context: OutputContext): Promise<void> {
  const { operation, settings } = context;
  const sample =
    operation.output === undefined ? new Map() : outputSkeleton(operation.output, settings.format);
  await printAnswer(sample, { ...context, settings: { ...settings, keepTimes: true } });
}

/** Prints a value as JSON, a newline at its end. */
export function printJson(value: ParameterValue, io: CommandIo): void {
  io.stdout.write(`${indentedJson(value)}\n`);
}

function asked(value: ParameterValue, { settings }: OutputContext): ParameterValue {
  return settings.query === undefined ? value : settings.query(value);
}

function shownAnswer(
  answer: ParameterValue,
  { operation, settings }: OutputContext,
): ReadonlyMap<string, ParameterValue> {
  if (operation.output === undefined) return new Map();
  const shown = fromWire(answer, operation.output, settings.keepTimes);
  return shown instanceof Map ? shown : new Map();
}

async function* shownPages(pages: AsyncIterable<Page>, context: OutputContext): AsyncGenerator<Page, void> {
  for await (const page of pages) yield { ...page, answer: shownAnswer(page.answer, context) };
}

// The items of each page, nothing else of it, and at last where to go on.
async function* textParts(
  pages: AsyncIterable<Page>,
  { result_key: name }: Paginator,
): AsyncGenerator<ParameterValue, void> {
  for await (const { answer, resumeToken } of pages) {
    yield new Map([[name, answer.get(name) ?? null]]);
    if (resumeToken !== undefined) yield new Map([['NextToken', new Map([['NextToken', resumeToken]])]]);
  }
}

// Each format is loaded when it is asked for.
async function printer({ operation, settings, io }: OutputContext): Promise<(value: ParameterValue) => void> {
  const { format, colored } = settings;
  switch (format) {
    case 'json':
      return (value) => {
        if (!isEmpty(value)) printJson(value, io);
      };
    case 'text': {
      const { plainText } = await import('./output-text.ts');
      return (value) => io.stdout.write(plainText(value));
    }
    case 'table': {
      const { tableText } = await import('./output-table.ts');
      const style = { width: io.stdout.isTTY === true ? (io.stdout.columns ?? 80) : 80, colored };
      return (value) => {
        try {
          io.stdout.write(tableText(operation.name, value, style));
        } catch (error) {
          throw error instanceof RangeError ? generalError(error.message) : error;
        }
      };
    }
    case 'yaml': {
      const { yamlText } = await import('./output-yaml.ts');
      return (value) => {
        if (!isEmpty(value)) io.stdout.write(yamlText(value));
      };
    }
    case 'yaml-stream': {
      const { yamlText } = await import('./output-yaml.ts');
      return (value) => {
        if (!isEmpty(value)) io.stdout.write(yamlText([value]));
      };
    }
    case 'off':
      return () => undefined;
    default:
      throw generalError(`Unknown output type: ${format}`);
  }
}

function isEmpty(value: ParameterValue): boolean {
  return value instanceof Map && value.size === 0;
}
