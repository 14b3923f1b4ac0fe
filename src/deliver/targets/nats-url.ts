import { isIP } from 'node:net';
import type { TargetSettings } from './target-kind.ts';

/** A subject on a NATS server. */
export interface NatsSubject {
  /** Without the brackets of an IPv6 address. */
  readonly hostname: string;
  readonly port: number;
  readonly subject: string;
}

const DEFAULT_PORT = 4222;

// Tokens of a subject that can be published to: no wildcards, no white space, nothing empty.
const SUBJECT = /^[^\s.*>$\p{Cc}][^\s.*>\p{Cc}]*(\.[^\s.*>\p{Cc}]+)*$/u;

/** The subject of a `nats://HOST:PORT/SUBJECT` target; undefined when the URL is not of that form. */
export function subjectOf(text: string): NatsSubject | undefined {
  if (!text.startsWith('nats://') || !URL.canParse(text)) return undefined;
  // As an HTTP URL its host is read in every spelling, as those of other targets are.
  const asHttp = `http${text.slice('nats'.length)}`;
  if (!URL.canParse(asHttp)) return undefined;
  const { hostname, username, password, search, hash } = new URL(asHttp);
  const { host, port, pathname } = new URL(text);
  if (host === '') return undefined;
  if (username !== '' || password !== '' || search !== '' || hash !== '') return undefined;
  const subject = decoded(pathname.slice(1));
  if (subject === undefined || !SUBJECT.test(subject)) return undefined;
  return {
    hostname: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port === '' ? DEFAULT_PORT : Number(port),
    subject,
  };
}

/**
 * Why nothing is published to this target, in a sentence; undefined when it may be, as far as it can be seen without
 * looking its host up.
 */
export function refusalOfSubject(
  text: string,
  { egress, reservedSubjects }: Pick<TargetSettings, 'egress' | 'reservedSubjects'>,
): string | undefined {
  const place = subjectOf(text);
  if (place === undefined) return NATS_FORM;
  if (reservedSubjects.some((beginning) => place.subject.startsWith(beginning))) {
    return 'The subject is one of those that Busbar keeps its store in.';
  }
  return isIP(place.hostname) === 0 ? undefined : egress.refusalOfAddress(place.hostname);
}

const NATS_FORM =
  'A NATS subject is nats://HOST:PORT/SUBJECT, without a user, without wildcards, and not one that begins with $.';

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
