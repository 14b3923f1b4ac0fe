import type { Archive } from '../../domain/archive.ts';
import { archiveArn } from '../../domain/arn.ts';
import type { AdminContext } from './admin-context.ts';
import { AdminError } from './admin-error.ts';
import type { AdminRequest } from './admin-route.ts';

/** The archive that the path names, in the caller's account and Region. */
export function archiveOfRequest(request: AdminRequest, { configuration }: AdminContext): Archive {
  const { name = '' } = request.parameters;
  const archive = configuration.archive(request.scope, name);
  if (archive === undefined) throw new AdminError(404, `Archive ${name} does not exist.`);
  return archive;
}

/** Its ARN, for the access policy. */
export function archiveArnOfRequest({ scope, parameters }: AdminRequest): string {
  return archiveArn(scope, parameters['name'] ?? '');
}

/** A time in the query, epoch milliseconds; `left` when it is left out. Throws AdminError for another text. */
export function timeOfQuery({ query }: AdminRequest, name: string, left: number): number {
  const text = query.get(name);
  if (text === null) return left;
  return timeOf(text, name);
}

/** A time in ISO 8601, epoch milliseconds. Throws AdminError for anything else. */
export function timeOf(value: unknown, name: string): number {
  const isTime = typeof value === 'string' && /^\d{4}-\d\d-\d\d(T.*)?$/.test(value);
  const time = isTime ? Date.parse(value) : Number.NaN;
  if (!Number.isNaN(time)) return time;
  throw new AdminError(400, `${name} must be a time in ISO 8601 such as 2026-01-02T03:04:05Z.`);
}
