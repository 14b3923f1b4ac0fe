import type { Action } from './action.ts';
import { refuseSeveralFilters } from './one-filter.ts';
import { page } from './page.ts';
import { replayFields } from './replay-fields.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListReplays.html */
export const listReplays: Action<'ListReplays'> = async (request, context) => {
  const { scope, configuration, limits } = context;
  const { namePrefix = '', eventSourceArn, state } = request;
  refuseSeveralFilters('ListReplays', request);
  const replays = configuration
    .listReplays(scope)
    .filter((replay) => replay.name.startsWith(namePrefix))
    .filter((replay) => eventSourceArn === undefined || replay.eventSourceArn === eventSourceArn)
    .map((replay) => ({ name: replay.name, fields: replayFields(replay, context) }))
    .filter(({ fields }) => state === undefined || fields.state === state);
  const { items, nextToken } = page(replays, request, {
    nameOf: ({ name }) => name,
    pageItems: limits.pageItems,
  });
  return { replays: items.map(({ fields }) => fields), nextToken };
};
