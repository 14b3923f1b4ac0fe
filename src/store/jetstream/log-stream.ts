import {
  DeliverPolicy,
  DiscardPolicy,
  JetStreamApiError,
  type JsMsg,
  RetentionPolicy,
  StorageType,
  type StoredMsg,
  type StreamConfig,
} from '@nats-io/jetstream';
import { headers, type MsgHdrs } from '@nats-io/transport-node';
import { type NatsLink, REQUEST_TIMEOUT_MS } from './nats-link.ts';
import { shownUrl } from './store-url.ts';

const INDEX_HEADER = 'Busbar-Index';
// What NATS's own headers and the lines between them may take.
const HEADER_ALLOWANCE_BYTES = 1_024;
const READ_AHEAD_MESSAGES = 2_000;
const FORMAT = 1;
const DESCRIPTION = `The log of a Busbar, format ${FORMAT}.`;
// NATS remembers tags for so long to refuse a second message with the same one. There is none, so let it be short.
const DUPLICATE_WINDOW_NS = 1_000_000_000;
const NO_MESSAGE_FOUND = 10_037;
const STREAM_NOT_FOUND = 10_059;

/** A message of the log, as it is written. */
export interface LogMessage {
  /** Told from every other one's: who wrote it, which of its calls, which attempt, which part. */
  readonly tag: string;
  /** One line of text. */
  readonly index: string;
  readonly body: Uint8Array;
}

/** A message of the log, as it is read; its body is left out where only the index was asked for. */
export interface StoredMessage extends LogMessage {
  readonly sequence: number;
  /** What it takes in the stream, about. */
  readonly bytes: number;
}

/** The stream that the log of a store is. */
export class LogStream {
  readonly name: string;
  readonly #subject: string;
  readonly #link: NatsLink;

  constructor(link: NatsLink) {
    this.#link = link;
    this.name = `${link.place.name}_log`;
    this.#subject = `${link.place.name}.log`;
  }

  /** The most bytes that index and body of one message may have together. */
  get maximumBytes(): number {
    return (this.#link.connection.info?.max_payload ?? 1_048_576) - HEADER_ALLOWANCE_BYTES;
  }

  /** Makes the stream where it is missing. Rejects when it is another's, or of a newer Busbar. */
  async ensure(): Promise<void> {
    const found = await this.#find();
    if (found === undefined) await this.#link.answer(this.#link.manager.streams.add(this.#config()));
    else this.#mustBeOurs(found);
  }

  /** The number of the last message that was ever written. */
  async lastSequence(): Promise<number> {
    const { state } = await this.#link.answer(this.#link.manager.streams.info(this.name));
    return state.last_seq;
  }

  /**
   * Writes a message as the one right after the last, or not at all; resolves to its number. The last message is known
   * by its number, and by its tag where that is given.
   */
  async write(
    { tag, index, body }: LogMessage,
    last: { readonly sequence: number; readonly tag: string | undefined },
  ): Promise<number> {
    const fields = headers();
    fields.set(INDEX_HEADER, index);
    const { seq } = await this.#link.client.publish(this.#subject, body, {
      headers: fields,
      msgID: tag,
      timeout: REQUEST_TIMEOUT_MS,
      expect: { lastSequence: last.sequence, ...(last.tag === undefined ? {} : { lastMsgID: last.tag }) },
    });
    return seq;
  }

  /**
   * Tells of every message from a number on, in order, without their bodies; resolves to the number of the last one
   * that was ever written when it has told of all.
   */
  async readFrom(first: number, tell: (message: StoredMessage) => Promise<unknown>): Promise<number> {
    const link = this.#link;
    const last = await this.lastSequence();
    if (last < first) return last;
    const consumer = await link.answer(
      link.client.consumers.get(this.name, {
        deliver_policy: DeliverPolicy.StartSequence,
        opt_start_seq: first,
        headers_only: true,
      }),
    );
    const { num_pending: pending } = await link.answer(consumer.info(true));
    if (pending === 0) return last;
    const messages = await link.answer(consumer.consume({ max_messages: READ_AHEAD_MESSAGES }));
    let told = last;
    const reading = (async () => {
      for await (const message of messages) {
        told = Math.max(told, message.seq);
        await tell(messageWithoutBody(message));
        if (message.info.pending === 0) break;
      }
    })();
    try {
      await link.answer(reading);
    } finally {
      messages.stop();
    }
    return told;
  }

  /** A message with its body; undefined when it is gone. */
  async read(sequence: number): Promise<StoredMessage | undefined> {
    const { manager } = this.#link;
    // Any replica may answer the first way; whether a message is gone is for the leader to say.
    const found =
      (await this.#link.persist(() =>
        unlessMissing(manager.direct.getMessage(this.name, { seq: sequence })),
      )) ??
      (await this.#link.persist(() =>
        unlessMissing(manager.streams.getMessage(this.name, { seq: sequence })),
      ));
    return found === undefined ? undefined : storedMessage(found);
  }

  /** Lets go of every message before a number. */
  async purgeBefore(sequence: number): Promise<void> {
    await this.#link.answer(this.#link.manager.streams.purge(this.name, { seq: sequence }));
  }

  /** Lets go of one message; with `erase` its bytes are overwritten, so that no crash of the server brings it back. */
  async delete(sequence: number, { erase }: { readonly erase: boolean }): Promise<void> {
    await this.#link.answer(
      unlessMissing(this.#link.manager.streams.deleteMessage(this.name, sequence, erase)),
    );
  }

  async #find(): Promise<StreamConfig | undefined> {
    try {
      return (await this.#link.answer(this.#link.manager.streams.info(this.name))).config;
    } catch (error) {
      if (error instanceof JetStreamApiError && error.code === STREAM_NOT_FOUND) return undefined;
      throw error;
    }
  }

  #mustBeOurs({ description = '', subjects }: StreamConfig): void {
    const [, format] = /^The log of a Busbar, format (\d+)\.$/.exec(description) ?? [];
    const where = `The stream ${this.name} of ${shownUrl(this.#link.place)}`;
    if (format === undefined || !subjects.includes(this.#subject)) {
      throw new Error(
        `${where} is not the log of a Busbar: choose another name, as in nats://HOST:PORT/NAME.`,
      );
    }
    if (Number(format) > FORMAT) {
      throw new Error(`A newer Busbar wrote ${where}: its format is ${format}, this Busbar knows ${FORMAT}.`);
    }
  }

  #config(): Partial<StreamConfig> & { name: string } {
    return {
      name: this.name,
      description: DESCRIPTION,
      subjects: [this.#subject],
      storage: StorageType.File,
      retention: RetentionPolicy.Limits,
      // Where somebody limits the stream, the newest is refused; the oldest was acknowledged.
      discard: DiscardPolicy.New,
      num_replicas: this.#link.place.replicas,
      allow_direct: true,
      duplicate_window: DUPLICATE_WINDOW_NS,
    };
  }
}

function messageWithoutBody(message: JsMsg): StoredMessage {
  const fields = message.headers;
  const bodyBytes = Number(fields?.get('Nats-Msg-Size') ?? 0);
  return stored({ sequence: message.seq, fields, body: new Uint8Array(0), bodyBytes });
}

function storedMessage({ seq, header, data }: StoredMsg): StoredMessage {
  return stored({ sequence: seq, fields: header, body: data, bodyBytes: data.length });
}

function stored(message: {
  readonly sequence: number;
  readonly fields: MsgHdrs | undefined;
  readonly body: Uint8Array;
  readonly bodyBytes: number;
}): StoredMessage {
  const { sequence, fields, body, bodyBytes } = message;
  const index = fields?.get(INDEX_HEADER) ?? '';
  const tag = fields?.get('Nats-Msg-Id') ?? '';
  return { sequence, tag, index, body, bytes: bytesOf(index, bodyBytes) };
}

/** What a message takes in the stream, about. */
export function bytesOf(index: string, bodyBytes: number): number {
  return index.length + bodyBytes + 150;
}

async function unlessMissing<T>(call: Promise<T | null>): Promise<T | undefined> {
  try {
    return (await call) ?? undefined;
  } catch (error) {
    if (error instanceof JetStreamApiError && (error.code === NO_MESSAGE_FOUND || error.status === 404))
      return undefined;
    throw error;
  }
}
