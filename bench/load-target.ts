import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { MessageReader } from './load-messages.ts';

/** An HTTP endpoint for events, in this process. */
export interface LoadTarget {
  readonly url: string;
  close(): void;
}

const ACCEPTED = Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');

/** Accepts every event as soon as it has arrived. */
export function startAcceptingTarget(onEvent: (event: Buffer) => void): Promise<LoadTarget> {
  return listen((socket) => {
    const reader = new MessageReader();
    socket.setNoDelay(true);
    socket.on('data', (chunk) => {
      for (const { body } of reader.read(chunk)) {
        onEvent(body);
        socket.write(ACCEPTED);
      }
    });
  });
}

/** Takes connections and never answers: whatever is owed to it stays owed. */
export function startSilentTarget(): Promise<LoadTarget> {
  return listen((socket) => socket.resume());
}

/** Nothing is there any more: connections are refused. */
export async function startRefusingTarget(): Promise<LoadTarget> {
  const { url, close } = await startSilentTarget();
  close();
  return { url, close: () => undefined };
}

async function listen(serve: (socket: Socket) => void): Promise<LoadTarget> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // The other side may be killed at any time; then there is nothing left to say.
    socket.on('error', () => socket.destroy());
    serve(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
