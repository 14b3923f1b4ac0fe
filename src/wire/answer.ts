import type { ServerResponse } from 'node:http';

/** Sends a whole answer; answers how many bytes its body has. */
export function sendText(
  response: ServerResponse,
  status: number,
  { text, type }: { readonly text: string; readonly type: string },
): number {
  const bytes = Buffer.byteLength(text);
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': bytes });
  response.end(text);
  return bytes;
}
