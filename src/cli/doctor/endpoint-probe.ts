import type { Socket } from 'node:net';

/** Where an address leads. */
export interface Place {
  readonly host: string;
  readonly port: number;
  readonly isEncrypted: boolean;
}

const PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443, 'nats:': 4222, 'tls:': 4222 };

/** The place that a URL leads to; undefined for what leads to none over the network. */
export function placeOf(address: string): Place | undefined {
  // A path may hold `*`, which a target fills in.
  if (!URL.canParse(address)) return undefined;
  const { protocol, hostname, port } = new URL(address);
  const usual = PORTS[protocol];
  if (usual === undefined || hostname === '') return undefined;
  return {
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port === '' ? usual : Number(port),
    isEncrypted: protocol === 'https:',
  };
}

/**
 * Connects to a place, certificate included where there is one, and hangs up; nothing is sent. Resolves to why it can't
 * be reached in that many milliseconds; undefined when it can.
 */
export async function probe(
  { host, port, isEncrypted }: Place,
  timeoutMs: number,
): Promise<string | undefined> {
  const [{ connect: connectPlain }, { connect: connectEncrypted }, { isIP }] = await Promise.all([
    import('node:net'),
    import('node:tls'),
    import('node:net'),
  ]);
  return new Promise((resolve) => {
    const socket: Socket = isEncrypted
      ? connectEncrypted({ host, port, ...(isIP(host) === 0 ? { servername: host } : {}) })
      : connectPlain({ host, port });
    const end = (why: string | undefined) => {
      clearTimeout(timer);
      socket.removeAllListeners();
      socket.on('error', () => undefined);
      socket.destroy();
      resolve(why);
    };
    const timer = setTimeout(
      () => end(`it does not answer within ${(timeoutMs / 1000).toFixed(1)} s`),
      timeoutMs,
    );
    socket.on(isEncrypted ? 'secureConnect' : 'connect', () => end(undefined));
    socket.on('error', (error) => end(reasonOf(error)));
  });
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'its name is not known',
  EAI_AGAIN: 'its name can not be looked up now',
  ECONNRESET: 'it hangs up',
  EHOSTUNREACH: 'no way leads there',
  ENETUNREACH: 'no way leads there',
  ETIMEDOUT: 'it does not answer',
};

function reasonOf(error: NodeJS.ErrnoException): string {
  const [first] =
    error instanceof AggregateError ? (error.errors as readonly NodeJS.ErrnoException[]) : [error];
  const { code = '', message } = first ?? error;
  if (/^(EPROTO|ERR_SSL_)/.test(code)) return 'it does not speak TLS';
  return REASONS[code] ?? message.split(/[;\n]/, 1)[0] ?? message;
}
