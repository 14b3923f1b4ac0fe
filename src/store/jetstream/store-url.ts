/** Where a JetStream store is, and how to get in. */
export interface StorePlace {
  /** `HOST:PORT` of each server of the cluster. */
  readonly servers: readonly string[];
  /** Begins the names of everything that belongs to this store. */
  readonly name: string;
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly token: string | undefined;
  readonly tls: boolean;
  /** How many servers of a cluster keep each message. */
  readonly replicas: number;
}

const FORM = /^(nats|tls):\/\/(?:([^@/]*)@)?([^/?@]+)(?:\/([^/?]*))?(?:\?(.*))?$/;
// What NATS allows in the names of streams and in subjects, and no more.
const NAME = /^[\w-]{1,64}$/;
const DEFAULT_PORT = 4_222;
const WANTED = 'nats://[USER:PASSWORD@ or TOKEN@]HOST[:PORT][,HOST:PORT…][/NAME][?replicas=1…5]';

/**
 * Reads `nats://user:password@host:4222/name?replicas=3`; `tls://` asks for TLS, a user without a password is a
 * token, and several servers are separated by commas. Throws an Error that says what is wanted and repeats no secret.
 */
export function parseStoreUrl(url: string): StorePlace {
  const [, scheme, login, hosts = '', name = '', query = ''] = FORM.exec(url) ?? [];
  if (scheme === undefined) throw new Error(`The store's URL must be ${WANTED}.`);
  const servers = hosts.split(',').map((host) => (/:\d+$/.test(host) ? host : `${host}:${DEFAULT_PORT}`));
  if (servers.some((server) => !/^(\[[\da-fA-F:]+\]|[\w.-]+):\d{1,5}$/.test(server))) {
    throw new Error(`The hosts of the store's URL must be HOST:PORT, separated by commas: ${WANTED}.`);
  }
  if (name !== '' && !NAME.test(name)) {
    throw new Error(`The name in the store's URL must be letters, digits, "_" and "-", but is "${name}".`);
  }
  return {
    servers,
    name: name === '' ? 'busbar' : name,
    tls: scheme === 'tls',
    replicas: replicasOf(new URLSearchParams(query)),
    ...credentialsOf(login),
  };
}

/** The URL as it may be shown: without user, password and token. */
export function shownUrl({ servers, name, tls }: StorePlace): string {
  return `${tls ? 'tls' : 'nats'}://${servers.join(',')}/${name}`;
}

function credentialsOf(login: string | undefined): Pick<StorePlace, 'user' | 'password' | 'token'> {
  const none = { user: undefined, password: undefined, token: undefined };
  if (login === undefined || login === '') return none;
  const colon = login.indexOf(':');
  try {
    if (colon < 0) return { ...none, token: decodeURIComponent(login) };
    const user = decodeURIComponent(login.slice(0, colon));
    return { ...none, user, password: decodeURIComponent(login.slice(colon + 1)) };
  } catch {
    throw new Error('User and password in the URL of the store must be percent-encoded.');
  }
}

function replicasOf(query: URLSearchParams): number {
  for (const key of query.keys()) {
    if (key !== 'replicas') throw new Error(`The store's URL knows no "${key}": it must be ${WANTED}.`);
  }
  const replicas = query.get('replicas') ?? '1';
  if (!/^[1-5]$/.test(replicas)) throw new Error(`A stream has 1 to 5 replicas, not "${replicas}".`);
  return Number(replicas);
}
