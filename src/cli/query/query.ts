import type { ParameterValue } from '../parameters/parameter-value.ts';
import { parseQuery } from './parse-query.ts';
import { search } from './search.ts';

export { QueryError } from './query-error.ts';

/** What a query makes of a value. Throws QueryError for what can't be computed. */
export type Query = (value: ParameterValue) => ParameterValue;

/** Reads a JMESPath expression. Throws QueryError when it is none. */
export function compileQuery(text: string): Query {
  const expression = parseQuery(text);
  return (value) => search(expression, value);
}
