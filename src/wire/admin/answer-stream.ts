import type { ServerResponse } from 'node:http';
import type { AnswerStream } from './admin-route.ts';

/**
 * Sends an answer bit by bit. Whoever writes waits while the reader is slow, so that no more than one piece is
 * held for it. Ends the answer when `send` resolves; rejects as `send` does.
 */
export async function sendStream(
  response: ServerResponse,
  { type, send }: { readonly type: string; readonly send: (stream: AnswerStream) => Promise<void> },
  stopping: AbortSignal,
): Promise<void> {
  const over = new AbortController();
  const end = () => over.abort();
  const { signal } = over;
  stopping.addEventListener('abort', end, { once: true });
  response.once('close', end);
  if (stopping.aborted || response.destroyed) end();
  // Whoever follows for hours opens another connection for what else it wants; and a stop need not wait for this one.
  response.shouldKeepAlive = false;
  // A proxy that gathers an answer before it passes it on would make live events old ones.
  response.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
  response.flushHeaders();
  try {
    await send({ signal, write: (text) => write(response, text, signal) });
    response.end();
  } finally {
    stopping.removeEventListener('abort', end);
  }
}

function write(response: ServerResponse, text: string, signal: AbortSignal): Promise<boolean> {
  if (response.destroyed) return Promise.resolve(false);
  // What is said while the server stops still goes out, but nobody waits for it.
  if (response.write(text) || signal.aborted) return Promise.resolve(!signal.aborted);
  return new Promise((resolve) => {
    const settle = () => {
      response.off('drain', settle);
      signal.removeEventListener('abort', settle);
      resolve(!signal.aborted);
    };
    response.on('drain', settle);
    signal.addEventListener('abort', settle, { once: true });
  });
}
