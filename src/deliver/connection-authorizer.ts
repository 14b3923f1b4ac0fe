import { connectionArn } from '../domain/arn.ts';
import type { Connection } from '../domain/connection.ts';
import type { Scope } from '../domain/scope.ts';
import type { OAuthTokens } from './oauth-tokens.ts';

/** Tells of every connection there is, at once and whenever one changes; undefined when it is gone. */
export type WatchConnections = (
  listener: (scope: Scope, name: string, connection: Connection | undefined) => void,
) => void;

/**
 * Asks for the first token of every OAuth connection that waits to be authorized, be it that it was just made,
 * was given new parameters, or still waited when Busbar stopped. What comes of it the tokens report.
 */
export function authorizeConnections(watchConnections: WatchConnections, tokens: OAuthTokens): void {
  // One change of a connection may be told of twice; its time tells a new authorization from an old one.
  const begun = new Map<string, string>();
  watchConnections((scope, name, connection) => {
    const key = connectionArn(scope, { name, id: '' });
    if (connection?.authorization === undefined) {
      begun.delete(key);
      tokens.forget(key);
      return;
    }
    const { id, state, authorization, authorizedAt } = connection;
    if (state !== 'AUTHORIZING' || authorization.type !== 'OAUTH_CLIENT_CREDENTIALS') {
      begun.delete(key);
      return;
    }
    const change = JSON.stringify([id, authorizedAt, authorization]);
    if (begun.get(key) === change) return;
    begun.set(key, change);
    void tokens.renew({ arn: connectionArn(scope, connection), authorization });
  });
}
