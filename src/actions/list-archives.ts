import type { Action } from './action.ts';
import { archiveFields } from './archive-fields.ts';
import { busArnParameter } from './bus-arn-parameter.ts';
import { existingBus } from './named.ts';
import { refuseSeveralFilters } from './one-filter.ts';
import { page } from './page.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListArchives.html */
export const listArchives: Action<'ListArchives'> = async (request, context) => {
  const { scope, configuration, limits } = context;
  const { namePrefix = '', eventSourceArn, state } = request;
  refuseSeveralFilters('ListArchives', request);
  let busName: string | undefined;
  if (eventSourceArn !== undefined) {
    busArnParameter(eventSourceArn, 'EventSourceArn');
    busName = existingBus(eventSourceArn, scope, configuration).name;
  }
  const archives = configuration
    .listArchives(scope)
    .filter(
      (archive) => archive.name.startsWith(namePrefix) && (busName ?? archive.busName) === archive.busName,
    )
    .map((archive) => ({ name: archive.name, fields: archiveFields(archive, context) }))
    .filter(({ fields }) => state === undefined || fields.state === state);
  const { items, nextToken } = page(archives, request, {
    nameOf: ({ name }) => name,
    pageItems: limits.pageItems,
  });
  return { archives: items.map(({ fields }) => fields), nextToken };
};
