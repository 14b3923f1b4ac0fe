import { type Operation, paginators } from '../../api-model/api-model.ts';
import type { OptionValue } from '../argument-parser.ts';
import { validationError } from '../errors.ts';
import type { Parameters } from '../parameters/operation-parameters.ts';
import { pythonInt } from '../python-text.ts';
import { type Paging, startPaging } from './paging.ts';

type Typed = ReadonlyMap<string, OptionValue>;

const OPTIONS = ['starting-token', 'page-size', 'max-items'] as const;

/** Refuses paging options (exit 252) where paging is off or done by hand, with `--limit` or `--next-token`. */
export function checkPaging(operation: Operation, typed: Typed, paginate: boolean): void {
  const paginator = paginators.get(operation.name);
  if (paginator === undefined) return;
  const byHand = typed.has(paginator.limit_key) || typed.has(paginator.input_token);
  if (byHand || !paginate) refusePagingOptions(typed);
}

/**
 * How the call is paged; undefined when it is a single one: the operation has no pages, `--no-paginate` stands
 * there, or a limit or token is among the parameters, those of `--cli-input-json` included. Throws: exit 252 for
 * paging options in such a call, 255 for a starting token that can't be one.
 */
export function pagingOf(
  operation: Operation,
  parameters: Parameters,
  { typed, paginate }: { readonly typed: Typed; readonly paginate: boolean },
): Paging | undefined {
  const paginator = paginators.get(operation.name);
  if (paginator === undefined || !paginate) return undefined;
  if (parameters.has(paginator.limit_key) || parameters.has(paginator.input_token)) {
    refusePagingOptions(typed);
    return undefined;
  }
  return startPaging(paginator, parameters, {
    startingToken: textOf(typed, 'starting-token'),
    pageSize: integerOf(typed, 'page-size'),
    maxItems: integerOf(typed, 'max-items'),
  });
}

function refusePagingOptions(typed: Typed): void {
  const used = OPTIONS.filter((name) => isSet(typed, name)).map((name) => `--${name}`);
  if (used.length === 0) return;
  throw validationError(`Cannot specify --no-paginate along with pagination arguments: ${used.join(', ')}`);
}

// An empty token and a zero say nothing here.
function isSet(typed: Typed, name: (typeof OPTIONS)[number]): boolean {
  if (name === 'starting-token') return (textOf(typed, name) ?? '') !== '';
  return (integerOf(typed, name) ?? 0n) !== 0n;
}

function integerOf(typed: Typed, name: string): bigint | undefined {
  const text = textOf(typed, name);
  return text === undefined ? undefined : pythonInt(text);
}

function textOf(typed: Typed, name: string): string | undefined {
  const value = typed.get(name);
  return typeof value === 'string' ? value : undefined;
}
