import type { Paginator } from '../../api-model/api-model.ts';
import { generalError } from '../errors.ts';
import type { Parameters } from '../parameters/operation-parameters.ts';
import { isList, type ParameterValue } from '../parameters/parameter-value.ts';
import { pythonRepr } from '../python-text.ts';
import { decodePagingToken, encodePagingToken } from './paging-token.ts';

/** What the paging options of a command say. */
export interface Paging {
  readonly paginator: Paginator;
  /** How many items are shown in all. */
  readonly maxItems: number | undefined;
  /** Parameters of the first call. */
  readonly parameters: Parameters;
  /** How many items of the first page have been shown before. */
  readonly skip: number;
  /** The service's token of the first page. */
  readonly token: ParameterValue;
}

/** One page of an answer. */
export interface Page {
  readonly answer: ReadonlyMap<string, ParameterValue>;
  /** With the last page, when there is more than was asked for: where to go on. */
  readonly resumeToken: string | undefined;
}

/**
 * The paging of a call: where `--starting-token` says (a token of an earlier command, of the service, or of old
 * versions, `token___index`), pages of `--page-size`, at most `--max-items`. Throws (exit 255) for a token that
 * can't be one.
 * AWS page: https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-pagination.html
 */
export function startPaging(
  paginator: Paginator,
  parameters: Parameters,
  typed: {
    readonly startingToken: string | undefined;
    readonly pageSize: bigint | undefined;
    readonly maxItems: bigint | undefined;
  },
): Paging {
  const first = new Map(parameters);
  const { tokens, skip } = decodePagingToken(typed.startingToken, paginator.input_token);
  for (const [name, token] of tokens) if (token !== null && token !== 'None') first.set(name, token);
  if (typed.pageSize !== undefined) first.set(paginator.limit_key, typed.pageSize);
  const maxItems = typed.maxItems === undefined ? undefined : Number(typed.maxItems);
  return { paginator, maxItems, parameters: first, skip, token: tokens.get(paginator.input_token) ?? null };
}

/**
 * Calls the service for page after page, as long as there are more and more are wanted. Throws what `call`
 * throws, and (exit 255) when the service sends the same token twice.
 */
export async function* pages(
  paging: Paging,
  call: (parameters: Parameters) => Promise<ReadonlyMap<string, ParameterValue>>,
): AsyncGenerator<Page, void> {
  const { paginator, maxItems } = paging;
  let { parameters, skip, token } = paging;
  let shown = 0;
  for (let isFirst = true; ; isFirst = false) {
    const answer = new Map(await call(parameters));
    if (isFirst && skip !== 0) answer.set(paginator.result_key, itemsOf(answer, paginator).slice(skip));
    const items = itemsOf(answer, paginator);
    const keep = maxItems === undefined ? items.length : maxItems - shown;
    if (keep < items.length) {
      const kept = items.slice(0, keep);
      answer.set(paginator.result_key, kept);
      const resumeToken = encodePagingToken({ name: paginator.input_token, token, shown: keep + skip });
      yield { answer, resumeToken };
      return;
    }
    shown += items.length;
    const next = answer.get(paginator.output_token) || null;
    const isLast = next === null || shown === maxItems;
    const resumeToken =
      isLast && next !== null ? encodePagingToken({ name: paginator.input_token, token: next }) : undefined;
    yield { answer, resumeToken };
    if (isLast) return;
    if (!isFirst && next === token) throw sameToken(paginator, next);
    parameters = new Map(parameters).set(paginator.input_token, next);
    token = next;
    skip = 0;
  }
}

/** All pages as one answer: their items in one list, and `NextToken` where there is more. */
export async function wholeAnswer(
  paginator: Paginator,
  answers: AsyncIterable<Page>,
): Promise<ReadonlyMap<string, ParameterValue>> {
  const whole = new Map<string, ParameterValue>();
  const items: ParameterValue[] = [];
  for await (const { answer, resumeToken } of answers) {
    for (const item of itemsOf(answer, paginator)) items.push(item);
    if (answer.has(paginator.result_key)) whole.set(paginator.result_key, items);
    if (resumeToken !== undefined) whole.set('NextToken', resumeToken);
  }
  return whole;
}

function itemsOf(answer: Parameters, paginator: Paginator): readonly ParameterValue[] {
  const items = answer.get(paginator.result_key) ?? [];
  return isList(items) ? items : [];
}

function sameToken(paginator: Paginator, token: ParameterValue): Error {
  const shown = pythonRepr(new Map([[paginator.input_token, token]]));
  return generalError(`Error during pagination: The same next token was received twice: ${shown}`);
}
