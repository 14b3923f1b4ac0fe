import type { Clock } from '../domain/clock.ts';
import type { AuthorizationVerdict } from '../domain/connection.ts';
import type { Log } from '../domain/log.ts';
import type { Egress } from './egress.ts';
import { createHttpExchange, type HttpExchange } from './http-exchange.ts';
import { maskOf } from './secret-mask.ts';
import { type OAuthAuthorization, type Open, type Token, tokenOf, tokenRequest } from './token-request.ts';
import { withinTimeout } from './within-timeout.ts';

export interface OAuthTokensOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly timeoutMs: number;
  readonly open: Open;
  readonly egress: Egress;
  /** Told of every token that was granted or refused. */
  readonly report: (verdict: AuthorizationVerdict) => Promise<void>;
}

/** A token, or why there is none, in a sentence without secrets. */
export type TokenOutcome =
  | { readonly kind: 'granted'; readonly token: Token }
  | { readonly kind: 'refused'; readonly message: string };

/** A connection that is authorized by OAuth. */
export interface OAuthConnection {
  readonly arn: string;
  readonly authorization: OAuthAuthorization;
}

interface Kept {
  /** The authorization that the token was granted for, as JSON text. */
  readonly authorization: string;
  readonly outcome: Promise<TokenOutcome>;
  /** Undefined while it is asked for. */
  token?: Token;
}

// AWS asks for a new one when the old one has less than this left.
const REFRESH_BEFORE_EXPIRY_MS = 60_000;
const EXCERPT_CHARACTERS = 200;
const SILENCE = 'it did not answer in time';

/**
 * The access tokens of OAuth connections. They live in memory alone: after a restart they are asked for anew.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-target-connection-auth.html
 */
export class OAuthTokens {
  readonly #options: OAuthTokensOptions;
  readonly #exchange: HttpExchange;
  readonly #stop = new AbortController();
  readonly #underWay = new Set<Promise<TokenOutcome>>();
  /** By ARN without the connection's id: one that took another's name takes its place here too. */
  readonly #kept = new Map<string, Kept>();

  constructor(options: OAuthTokensOptions) {
    this.#options = options;
    this.#exchange = createHttpExchange(options.egress);
  }

  /** The token of a connection; asked for where there is none that lasts. Never rejects. */
  token(connection: OAuthConnection): Promise<TokenOutcome> {
    const kept = this.#kept.get(keyOf(connection.arn));
    if (kept?.authorization === JSON.stringify(connection.authorization)) {
      const { expiresAt = Number.POSITIVE_INFINITY } = kept.token ?? {};
      if (expiresAt - REFRESH_BEFORE_EXPIRY_MS > this.#options.clock.now()) return kept.outcome;
    }
    return this.renew(connection);
  }

  /** A new token, whatever is kept. Never rejects. */
  renew(connection: OAuthConnection): Promise<TokenOutcome> {
    const key = keyOf(connection.arn);
    const outcome = this.#ask(connection).finally(() => this.#underWay.delete(outcome));
    const kept: Kept = { authorization: JSON.stringify(connection.authorization), outcome };
    this.#underWay.add(outcome);
    this.#kept.set(key, kept);
    outcome.then((result) => {
      if (result.kind === 'granted') kept.token = result.token;
      else if (this.#kept.get(key) === kept) this.#kept.delete(key);
    });
    return outcome;
  }

  /** An endpoint refused this token: the next one who needs it gets a new one. */
  drop(connectionArn: string, token: Token): void {
    const key = keyOf(connectionArn);
    if (this.#kept.get(key)?.token === token) this.#kept.delete(key);
  }

  /** The connection is gone, or its authorization was removed. */
  forget(connectionArn: string): void {
    this.#kept.delete(keyOf(connectionArn));
  }

  /** Gives up what is under way, and tells nobody of it: a stop is not a refusal. */
  async close(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#underWay);
    this.#exchange.close();
  }

  async #ask(connection: OAuthConnection): Promise<TokenOutcome> {
    const outcome = await this.#exchangeToken(connection);
    if (this.#stop.signal.aborted) return outcome;
    const { arn: connectionArn, authorization } = connection;
    const refusal = outcome.kind === 'refused' ? outcome.message : undefined;
    try {
      await this.#options.report({ connectionArn, authorization, refusal });
    } catch (error) {
      const fields = { connectionArn, error: String(error) };
      this.#options.log.error('The state of a connection could not be kept.', fields);
    }
    return outcome;
  }

  async #exchangeToken({ authorization }: OAuthConnection): Promise<TokenOutcome> {
    const { clock, timeoutMs, open } = this.#options;
    try {
      const { request, secrets } = tokenRequest(authorization, open);
      const mask = maskOf(secrets);
      const late = refused(SILENCE);
      return await withinTimeout({ clock, timeoutMs, late }, async (timeout) => {
        const signal = AbortSignal.any([timeout, this.#stop.signal]);
        try {
          const answer = await this.#exchange.send(request, signal);
          const token = tokenOf(answer, clock.now());
          if (token !== undefined) return { kind: 'granted', token };
          // An answer that was taken for none may hold a token all the same.
          const excerpt = answer.status < 300 ? '' : mask(answer.text).slice(0, EXCERPT_CHARACTERS);
          return refused(
            `it answered ${answer.status}${excerpt === '' ? ' without a token' : `: ${excerpt}`}`,
          );
        } catch (error) {
          if (signal.aborted) return refused(SILENCE);
          return refused(mask(error instanceof Error ? error.message : String(error)));
        }
      });
    } catch (error) {
      return refused(error instanceof Error ? error.message : String(error));
    }
  }
}

function refused(reason: string): TokenOutcome {
  return {
    kind: 'refused',
    message: `No token from the authorization endpoint: ${reason.replace(/\.$/, '')}.`,
  };
}

function keyOf(connectionArn: string): string {
  return connectionArn.slice(0, connectionArn.lastIndexOf('/'));
}
