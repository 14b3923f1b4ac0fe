import { archiveStatus } from '../domain/archive.ts';
import type { Action } from './action.ts';
import { archiveFields } from './archive-fields.ts';
import { presentArchiveRule } from './archive-rule.ts';
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
    .filter(
      (archive) => state === undefined || archiveStatus(presentArchiveRule(archive, context)).state === state,
    );
  const { items, nextToken } = page(archives, request, {
    nameOf: ({ name }) => name,
    pageItems: limits.pageItems,
  });
  const fields = await Promise.all(items.map((archive) => archiveFields(archive, context)));
  return { archives: fields, nextToken };
};
