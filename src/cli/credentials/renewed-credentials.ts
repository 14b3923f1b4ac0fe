import type { Credentials } from '../credentials.ts';

const RENEWED_BEFORE_MS = 10 * 60 * 1000;

/** Credentials for a command that may outlive them: ten minutes before they end others are found. */
export class RenewedCredentials {
  readonly #find: () => Promise<Credentials>;
  #current: Credentials;
  #renewal: Promise<void> | undefined;

  constructor(current: Credentials, find: () => Promise<Credentials>) {
    this.#current = current;
    this.#find = find;
  }

  /** Those that are good at `now`. Rejects as finding them does, once the last ones have ended. */
  async at(now: number): Promise<Credentials> {
    const { expiresAtMs = Number.POSITIVE_INFINITY } = this.#current;
    if (expiresAtMs - now > RENEWED_BEFORE_MS) return this.#current;
    this.#renewal ??= this.#renew();
    try {
      await this.#renewal;
    } catch (error) {
      if (expiresAtMs <= now) throw error;
    }
    return this.#current;
  }

  async #renew(): Promise<void> {
    try {
      this.#current = await this.#find();
    } finally {
      this.#renewal = undefined;
    }
  }
}
