import { type NatsConnection, RequestError, type Subscription, TimeoutError } from '@nats-io/transport-node';
import { type NatsLink, REQUEST_TIMEOUT_MS } from './nats-link.ts';
import { shownUrl } from './store-url.ts';

// How often somebody who holds a store is asked before its silence means that it is gone.
const QUESTIONS = 2;

/** Whoever holds a store says so. */
interface Answer {
  readonly host: string;
  readonly pid: number;
}

/**
 * Says that this process has the store. It is a subscription that answers: the server ends it with the connection, so
 * that nothing is left of a process that was killed, and no clock has to agree with another. It keeps a second Busbar
 * from starting; what keeps two from writing, whatever happens, is the log itself.
 */
export class Holder {
  readonly #subscription: Subscription;

  private constructor(subscription: Subscription) {
    this.#subscription = subscription;
  }

  /** Rejects, with a sentence for the person who starts Busbar, when somebody else holds the store. */
  static async take(link: NatsLink, answer: Answer): Promise<Holder> {
    const subject = `${link.place.name}.holder`;
    const other = await askHolder(link.connection, subject);
    if (other !== undefined) {
      throw new Error(
        `Another Busbar (process ${other.pid} on ${other.host}) has the store ${shownUrl(link.place)} open: stop it, or use another name, as in nats://HOST:PORT/NAME.`,
      );
    }
    const text = JSON.stringify(answer);
    const subscription = link.connection.subscribe(subject, {
      callback: (_, message) => {
        message.respond(text);
      },
    });
    await link.connection.flush();
    return new Holder(subscription);
  }

  release(): void {
    this.#subscription.unsubscribe();
  }
}

async function askHolder(connection: NatsConnection, subject: string): Promise<Answer | undefined> {
  for (let question = 0; question < QUESTIONS; question += 1) {
    try {
      const reply = await connection.request(subject, '', { timeout: REQUEST_TIMEOUT_MS });
      return reply.json<Answer>();
    } catch (error) {
      if (error instanceof RequestError && error.isNoResponders()) return undefined;
      // Somebody is there and says nothing: a machine that was switched off.
      if (!(error instanceof TimeoutError)) throw error;
    }
  }
  return undefined;
}
