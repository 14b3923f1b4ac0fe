import type { Authorization, AuthorizationVerdict, Connection } from '../domain/connection.ts';
import type { Log } from '../domain/log.ts';
import type { OAuthTokens } from './oauth-tokens.ts';
import type { Open, Token } from './token-request.ts';

export interface ConnectionCredentialsOptions {
  readonly log: Log;
  readonly open: Open;
  readonly tokens: OAuthTokens;
  readonly report: (verdict: AuthorizationVerdict) => Promise<void>;
}

/** What proves who a request is from, for one request. */
export interface Credentials {
  readonly headers: Readonly<Record<string, string>>;
  /** What of them nobody may see. */
  readonly secrets: readonly string[];
  readonly token?: Token;
}

/** A connection whose authorization was not removed. */
export interface AuthorizedConnection {
  readonly arn: string;
  readonly connection: Connection;
  readonly authorization: Authorization;
}

const REFUSED = new Set([401, 407]);

/** Authorizes requests by the connections of API destinations, and learns from how they are answered. */
export class ConnectionCredentials {
  readonly #options: ConnectionCredentialsOptions;

  constructor(options: ConnectionCredentialsOptions) {
    this.#options = options;
  }

  /** Opens a secret parameter of a connection. Throws when it can't. */
  open(value: Parameters<Open>[0]): string {
    return this.#options.open(value);
  }

  /** The credentials, or why there are none, in a sentence. Rejects when a secret can't be opened. */
  async present({ arn, authorization }: AuthorizedConnection): Promise<Credentials | { refusal: string }> {
    switch (authorization.type) {
      case 'BASIC': {
        const password = this.open(authorization.password);
        const encoded = Buffer.from(`${authorization.username}:${password}`).toString('base64');
        return { headers: { Authorization: `Basic ${encoded}` }, secrets: [password, encoded] };
      }
      case 'API_KEY': {
        const value = this.open(authorization.apiKeyValue);
        return { headers: { [authorization.apiKeyName]: value }, secrets: [value] };
      }
      case 'OAUTH_CLIENT_CREDENTIALS': {
        const outcome = await this.#options.tokens.token({ arn, authorization });
        if (outcome.kind === 'refused') return { refusal: outcome.message };
        const { token } = outcome;
        const secret = token.header.slice(token.header.indexOf(' ') + 1);
        return { headers: { Authorization: token.header }, secrets: [secret], token };
      }
    }
  }

  /**
   * Takes note of how an endpoint answered. A token that it refuses is dropped, so that the next attempt
   * brings a new one; a password or key that it refuses deauthorizes the connection until one is accepted.
   * Never rejects.
   */
  async learn(
    { arn, connection, authorization }: AuthorizedConnection,
    { status, token }: { readonly status: number; readonly token: Token | undefined },
  ): Promise<void> {
    const refused = REFUSED.has(status);
    if (token !== undefined) {
      if (refused) this.#options.tokens.drop(arn, token);
      return;
    }
    if (!refused && (connection.state !== 'DEAUTHORIZED' || status >= 300)) return;
    const refusal = refused ? `The endpoint refused the authorization: it answered ${status}.` : undefined;
    try {
      await this.#options.report({ connectionArn: arn, authorization, refusal });
    } catch (error) {
      const fields = { connectionArn: arn, error: String(error) };
      this.#options.log.error('The state of a connection could not be kept.', fields);
    }
  }
}
