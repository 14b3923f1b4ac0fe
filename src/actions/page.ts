import { ServiceError } from '../domain/errors.ts';

interface PageRequest {
  readonly nextToken?: string | undefined;
  readonly limit?: number | undefined;
}

/**
 * Cuts one page out of items that are in order of `nameOf`. The token names the last item that was seen, so
 * pages neither skip nor repeat what stays while other items come and go.
 */
export function page<T>(
  items: readonly T[],
  request: PageRequest,
  { nameOf, pageItems }: { readonly nameOf: (item: T) => string; readonly pageItems: number },
): { readonly items: readonly T[]; readonly nextToken: string | undefined } {
  const after = request.nextToken === undefined ? undefined : readToken(request.nextToken);
  const rest = after === undefined ? items : items.filter((item) => nameOf(item) > after);
  const cut = rest.slice(0, request.limit ?? pageItems);
  const last = cut.at(-1);
  const more = last !== undefined && cut.length < rest.length;
  return { items: cut, nextToken: more ? writeToken(nameOf(last)) : undefined };
}

// The leading letter is the version of the token's form.
function writeToken(after: string): string {
  return Buffer.from(`a${after}`, 'utf8').toString('base64url');
}

function readToken(token: string): string {
  const text = Buffer.from(token, 'base64url').toString('utf8');
  if (text.startsWith('a') && writeToken(text.slice(1)) === token) return text.slice(1);
  throw new ServiceError('ValidationException', 'Parameter NextToken is not valid.');
}
