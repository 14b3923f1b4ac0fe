import { createHmac, timingSafeEqual } from 'node:crypto';
import { ServiceError } from '../domain/errors.ts';
import type { Scope } from '../domain/scope.ts';

const SIGNATURE_BYTES = 16;

/** What a token belongs to: it is of no use to another operation, account or region. */
export interface PageTokenOwner {
  readonly operation: string;
  readonly scope: Scope;
}

/**
 * Makes a NextToken of the place where an action's page ended. The signature keeps clients from making or
 * changing one, so that actions can trust what comes back.
 */
export function sealPageToken(place: string, owner: PageTokenOwner, key: Buffer): string {
  return Buffer.concat([signatureOf(place, owner, key), Buffer.from(place)]).toString('base64url');
}

/** The place in a token that was made here; throws AWS's ValidationException for any other text. */
export function openPageToken(token: string, owner: PageTokenOwner, key: Buffer): string {
  const bytes = Buffer.from(token, 'base64url');
  const place = bytes.subarray(SIGNATURE_BYTES).toString();
  const expected = signatureOf(place, owner, key);
  const given = bytes.subarray(0, SIGNATURE_BYTES);
  if (given.length === SIGNATURE_BYTES && timingSafeEqual(given, expected)) {
    // base64url decoding is lenient; only the exact text is one of ours.
    if (bytes.toString('base64url') === token) return place;
  }
  const malformed = given.length < SIGNATURE_BYTES || bytes.toString('base64url') !== token;
  throw new ServiceError(
    'ValidationException',
    `Parameter NextToken is not valid.${reason(owner, malformed)}`,
  );
}

// Archives and replays are a service of their own at AWS, which says more than the others.
const OPERATIONS_WITH_REASONS = ['ListArchives', 'ListReplays'];

function reason({ operation }: PageTokenOwner, malformed: boolean): string {
  if (!OPERATIONS_WITH_REASONS.includes(operation)) return '';
  return malformed ? ' Reason: Malformed request.' : ' Reason: Token invalid.';
}

function signatureOf(place: string, { operation, scope }: PageTokenOwner, key: Buffer): Buffer {
  return createHmac('sha256', key)
    .update(JSON.stringify([operation, scope.account, scope.region, place]))
    .digest()
    .subarray(0, SIGNATURE_BYTES);
}
