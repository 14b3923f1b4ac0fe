import { generalError, validationError } from './errors.ts';
import type { Query } from './query/query.ts';

/**
 * What `--query` asks for; undefined without it. The language is loaded here, only when it is used. Throws (exit
 * 252) for an expression that is none; the query that it answers throws (exit 255) for what can't be computed.
 * AWS page: https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-filter.html
 */
export async function readQuery(text: string | undefined): Promise<Query | undefined> {
  if (text === undefined) return undefined;
  const { compileQuery, QueryError } = await import('./query/query.ts');
  const asked = <T>(ask: () => T, failure: (message: string) => Error): T => {
    try {
      return ask();
    } catch (error) {
      if (error instanceof QueryError) throw failure(error.message);
      // The stack ends before a query does that nests without end.
      if (error instanceof RangeError) throw failure('the expression is nested too deeply');
      throw error;
    }
  };
  const query = asked(
    () => compileQuery(text),
    (message) => validationError(`Bad value for --query ${text}: ${message}`),
  );
  return (value) => asked(() => query(value), generalError);
}
