import type { Finding } from './finding.ts';
import { ruleTitle, type Survey } from './survey.ts';

const CONNECT_TIMEOUT_MS = 2000;

/** Whether something takes connections at a URL: resolves to why not, or to undefined. */
export type Knock = (url: URL) => Promise<string | undefined>;

/** Endpoints of targets and of API destinations in use at which nothing takes connections from this machine. */
export async function unreachable(
  { rules, apiDestinations }: Survey,
  knock: Knock = knockByTcp,
): Promise<readonly Finding[]> {
  const users = new Map<string, string[]>();
  for (const rule of rules) {
    for (const { id, arn } of rule.targets) {
      const endpoint = /^https?:/.test(arn)
        ? arn
        : apiDestinations.find((known) => known.arn === arn)?.endpoint;
      if (endpoint === undefined) continue;
      users.set(endpoint, [...(users.get(endpoint) ?? []), `${ruleTitle(rule)}, target ${id}`]);
    }
  }
  const findings = await Promise.all(
    [...users].map(async ([endpoint, subjects]): Promise<readonly Finding[]> => {
      // Placeholders in a path are filled for each event; the host has none.
      const url = endpoint.replaceAll('*', 'x');
      const why = URL.canParse(url) ? await knock(new URL(url)) : 'it is no URL';
      if (why === undefined) return [];
      return [
        {
          severity: 'problem',
          check: 'unreachable',
          subject: subjects.join('; '),
          message: `Nothing answers at ${endpoint}: ${why}.`,
          advice: 'Start what should be there, or mend the address. It was tried from this machine.',
        },
      ];
    }),
  );
  return findings.flat();
}

async function knockByTcp(url: URL): Promise<string | undefined> {
  const { connect } = await import('node:net');
  return new Promise((resolve) => {
    const socket = connect({
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: Number(url.port || (url.protocol === 'https:' ? 443 : 80)),
    });
    const end = (why: string | undefined) => {
      socket.destroy();
      resolve(why);
    };
    socket.setTimeout(CONNECT_TIMEOUT_MS, () => end('no connection in two seconds'));
    socket.on('connect', () => end(undefined));
    socket.on('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
  });
}
