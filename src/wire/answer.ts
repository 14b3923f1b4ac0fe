import type { ServerResponse } from 'node:http';

/** Sends a whole answer. */
export function sendText(
  response: ServerResponse,
  status: number,
  { text, type }: { readonly text: string; readonly type: string },
): void {
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(text) });
  response.end(text);
}
