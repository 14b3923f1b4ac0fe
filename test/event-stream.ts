import { type AdminCall, askAdmin } from './admin-client.ts';

/** A server-sent event, or a comment, which has a text alone. */
export interface Sent {
  readonly id?: string | undefined;
  readonly event?: string | undefined;
  /** Data as JSON; of a comment, its text. */
  readonly data: unknown;
}

/** A stream of server-sent events that a test reads one by one. */
export interface EventStream {
  /** The next one that is no `retry` line; undefined when the stream has ended. */
  next(): Promise<Sent | undefined>;
  /** Reads on until there were that many of a kind, and answers those. */
  take(count: number, event: string): Promise<readonly Sent[]>;
  close(): void;
}

/** Opens a stream; throws, with what was answered, unless the status is 200. */
export async function openStream(url: string, path: string, call: AdminCall = {}): Promise<EventStream> {
  const calledOff = new AbortController();
  const response = await askAdmin(url, path, { ...call, signal: calledOff.signal });
  if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
  const type = response.headers.get('content-type');
  if (type !== 'text/event-stream') throw new Error(`The answer is ${type}.`);
  const events = read(response);
  const next = async () => (await events.next()).value ?? undefined;
  return {
    next,
    async take(count, event) {
      const taken: Sent[] = [];
      while (taken.length < count) {
        const sent = await next();
        if (sent === undefined)
          throw new Error(`The stream ended after ${taken.length} of ${count} ${event}.`);
        if (sent.event === event) taken.push(sent);
      }
      return taken;
    },
    close: () => calledOff.abort(),
  };
}

async function* read(response: Response): AsyncGenerator<Sent, undefined> {
  let text = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      if (block.startsWith(': ')) yield { data: block.slice(2) };
      else if (!block.startsWith('retry:')) yield parsed(block);
    }
  }
  return undefined;
}

function parsed(block: string): Sent {
  const field = (name: string) =>
    block
      .split('\n')
      .filter((line) => line.startsWith(`${name}: `))
      .map((line) => line.slice(name.length + 2))
      .join('\n') || undefined;
  return { id: field('id'), event: field('event'), data: JSON.parse(field('data') ?? 'null') };
}
