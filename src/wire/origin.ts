import type { IncomingHttpHeaders } from 'node:http';
import { ServiceError } from '../domain/errors.ts';

const LOOPBACK = /^(localhost|(.+\.)?localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Where everybody may call, everybody is whoever reaches a loopback address: not a page of another site that
 * a browser on this machine shows. Browsers name the page's origin with every POST; clients don't. Throws
 * AccessDeniedException for such a page.
 */
export function checkOrigin({ origin }: IncomingHttpHeaders): void {
  if (origin === undefined) return;
  const host = URL.canParse(origin) ? new URL(origin).hostname : '';
  if (LOOPBACK.test(host)) return;
  throw new ServiceError(
    'AccessDeniedException',
    `Pages of ${origin} may not call this Busbar: it knows no credentials, and takes calls of this machine only.`,
  );
}

/**
 * A page reads by GET without naming its origin when its own host name was made to lead to this machine; what
 * it calls this machine tells it apart. Throws AccessDeniedException for a name that is not loopback's.
 */
export function checkHost({ host = '' }: IncomingHttpHeaders): void {
  const name = URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : '';
  if (LOOPBACK.test(name)) return;
  throw new ServiceError(
    'AccessDeniedException',
    `This Busbar knows no credentials, and is reached as localhost or 127.0.0.1, not as "${host}".`,
  );
}
