import type { Credentials } from './credentials.ts';

const RENEWED_BEFORE_MS = 10 * 60 * 1000;

// Some sources give the same ones until shortly before their end: they are not asked for every request.
const ASKED_AGAIN_AFTER_MS = 30 * 1000;

/** Credentials for a command that may outlive them: ten minutes before they end others are found. */
export class RenewedCredentials {
  readonly #find: () => Promise<Credentials>;
  #current: Credentials;
  #renewal: Promise<void> | undefined;
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(current: Credentials, find: () => Promise<Credentials>) {
    this.#current = current;
    this.#find = find;
  }

  /** Those that are good at `now`. Rejects as finding them does, once the last ones have ended. */
  async at(now: number): Promise<Credentials> {
    const { expiresAtMs = Number.POSITIVE_INFINITY } = this.#current;
    if (expiresAtMs - now > RENEWED_BEFORE_MS) return this.#current;
    if (expiresAtMs > now && this.#renewal === undefined && now - this.#askedAt < ASKED_AGAIN_AFTER_MS) {
      return this.#current;
    }
    this.#renewal ??= this.#renew(now);
    try {
      await this.#renewal;
    } catch (error) {
      if (expiresAtMs <= now) throw error;
    }
    return this.#current;
  }

  async #renew(now: number): Promise<void> {
    this.#askedAt = now;
    try {
      this.#current = await this.#find();
    } finally {
      this.#renewal = undefined;
    }
  }
}
