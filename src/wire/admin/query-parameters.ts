import { editDistance } from '../../match/edit-distance.ts';
import { AdminError } from './admin-error.ts';
import type { AdminRoute } from './admin-route.ts';

const MOST_SLIPS = 2;

/** Throws AdminError for a parameter that the route does not take: who mistypes a filter must not get everything. */
export function refuseUnknownParameters(
  given: URLSearchParams,
  { method, path, query = [] }: Pick<AdminRoute, 'method' | 'path' | 'query'>,
): void {
  const unknown = [...given.keys()].find((name) => !query.includes(name));
  if (unknown === undefined) return;
  const takes = query.length === 0 ? 'no parameters' : `only ${query.join(', ')}`;
  const close = closest(unknown, query);
  const hint = close === undefined ? '' : ` Did you mean ${close}?`;
  throw new AdminError(
    400,
    `There is no parameter ${JSON.stringify(unknown)}: ${method} ${path} takes ${takes}.${hint}`,
  );
}

function closest(name: string, known: readonly string[]): string | undefined {
  // Nobody means a short name by a text of any length, and the comparison takes its time.
  if (name.length > 64) return undefined;
  const [best] = known
    .map((each) => ({ each, slips: editDistance(name.toLowerCase(), each) }))
    .filter(({ each, slips }) => slips <= MOST_SLIPS && slips < each.length)
    .sort((a, b) => a.slips - b.slips);
  return best?.each;
}
