interface PageRequest {
  readonly nextToken?: string | undefined;
  readonly limit?: number | undefined;
}

/**
 * Cuts one page out of items that are in order of `nameOf`. The token is the name of the last item that was
 * seen, so pages neither skip nor repeat what stays while other items come and go; the wire makes it opaque.
 */
export function page<T>(
  items: readonly T[],
  request: PageRequest,
  { nameOf, pageItems }: { readonly nameOf: (item: T) => string; readonly pageItems: number },
): { readonly items: readonly T[]; readonly nextToken: string | undefined } {
  const after = request.nextToken;
  const rest = after === undefined ? items : items.filter((item) => nameOf(item) > after);
  const cut = rest.slice(0, request.limit ?? pageItems);
  const last = cut.at(-1);
  const more = last !== undefined && cut.length < rest.length;
  return { items: cut, nextToken: more ? nameOf(last) : undefined };
}
