import type { IncomingMessage } from 'node:http';
import type { Clock } from '../domain/clock.ts';
import type { Scope } from '../domain/scope.ts';
import type { AccessPolicy } from './access-policy.ts';
import { claimedScope, isAccount } from './caller.ts';
import { checkHost, checkOrigin } from './origin.ts';
import type { CredentialSource } from './signature/credentials.ts';
import { verifySignature } from './signature/verify-signature.ts';

export interface CallersOptions {
  /** Who may call, and how their signatures are checked; undefined lets everybody in. */
  readonly credentials: CredentialSource | undefined;
  /** What each access key may do; undefined lets every known key do everything. */
  readonly accessPolicy: AccessPolicy | undefined;
  /** For requests that don't say whose they are. */
  readonly defaults: Scope;
  readonly clock: Clock;
}

/** Whose request it is. */
export interface Identity {
  readonly scope: Scope;
  /** Undefined where nobody is known. */
  readonly accessKeyId: string | undefined;
}

/** Who may call this server: with credentials, whoever signs with them; without, whoever is on this machine. */
export class Callers {
  readonly #options: CallersOptions;

  constructor(options: CallersOptions) {
    this.#options = options;
  }

  /** Whether requests must be signed with a known key. */
  get areKnown(): boolean {
    return this.#options.credentials !== undefined;
  }

  get accessPolicy(): AccessPolicy | undefined {
    return this.#options.accessPolicy;
  }

  /** Of requests that need not say whose they are. */
  get identityOfNobody(): Identity {
    return { scope: this.#options.defaults, accessKeyId: undefined };
  }

  /** Throws AccessDeniedException for a page of another site, where nobody has to sign. */
  checkOrigin({ headers }: IncomingMessage): void {
    if (!this.areKnown) checkOrigin(headers);
  }

  /** The same for what a page could read without naming its origin. */
  checkHost({ headers }: IncomingMessage): void {
    if (!this.areKnown) checkHost(headers);
  }

  /**
   * Whose request it is: by its signature where credentials are configured, else as it says. Throws AWS's
   * refusals of a request whose signature proves nothing.
   */
  identify(request: IncomingMessage, body: Buffer): Identity {
    const { method = '', url = '', headers } = request;
    const { credentials, defaults, clock } = this.#options;
    if (credentials === undefined) {
      return { scope: claimedScope(headers.authorization, defaults), accessKeyId: undefined };
    }
    const find = (id: string) => credentials.find(id);
    const { credential, region } = verifySignature({ method, url, headers, body }, find, clock.now());
    const { accessKeyId } = credential;
    const account = credential.account ?? (isAccount(accessKeyId) ? accessKeyId : defaults.account);
    return { scope: { account, region: region ?? defaults.region }, accessKeyId };
  }
}
