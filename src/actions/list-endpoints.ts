import type { Action } from './action.ts';
import { shownEndpoint } from './endpoint-answer.ts';
import { page } from './page.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListEndpoints.html */
export const listEndpoints: Action<'ListEndpoints'> = async (request, { scope, configuration, limits }) => {
  const { namePrefix = '', homeRegion: region = scope.region, maxResults, nextToken: after } = request;
  const home = { ...scope, region };
  const endpoints = configuration.listEndpoints(home).filter(({ name }) => name.startsWith(namePrefix));
  const { items, nextToken } = page(
    endpoints,
    { limit: maxResults, nextToken: after },
    { nameOf: ({ name }) => name, pageItems: limits.pageItems },
  );
  return { endpoints: items.map((endpoint) => shownEndpoint(home, endpoint)), nextToken };
};
