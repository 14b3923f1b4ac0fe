import { apiDestinations } from './api-destinations.ts';
import { archives } from './archives.ts';
import { connections } from './connections.ts';
import { endpoints } from './endpoints.ts';
import { eventBuses } from './event-buses.ts';
import { events } from './events.ts';
import type { Chapter, MemberTexts, OperationText } from './operation-text.ts';
import { partnerEventSources } from './partner-event-sources.ts';
import { replays } from './replays.ts';
import { rules } from './rules.ts';
import { tags } from './tags.ts';
import { targets } from './targets.ts';

export type { MemberTexts, OperationText } from './operation-text.ts';

/** In the order of help. */
export const chapters: readonly Chapter[] = [
  events,
  rules,
  targets,
  eventBuses,
  tags,
  archives,
  replays,
  connections,
  apiDestinations,
  endpoints,
  partnerEventSources,
];

/** What help says of each operation, by the name under which it is typed. */
export const operationTexts: Readonly<Record<string, OperationText>> = Object.assign(
  {},
  ...chapters.map(({ operations }) => operations),
);

/** What each member of the structures that operations take means, by the structure's name in the API model. */
export const structureTexts: Readonly<Record<string, MemberTexts>> = Object.assign(
  {},
  ...chapters.map(({ structures = {} }) => structures),
);
