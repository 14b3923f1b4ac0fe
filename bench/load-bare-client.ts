// A client that POSTs so many bodies with node:http over kept-alive connections: the least that a deliverer
// can do. Ends when all were answered.
//
//   node bench/load-bare-client.ts URL COUNT BODY_BYTES

import { Agent, request } from 'node:http';

const [, , url = '', count = '', bytes = ''] = process.argv;
const SOCKETS = 64;

const agent = new Agent({ keepAlive: true, maxSockets: SOCKETS });
const body = JSON.stringify({ detail: 'x'.repeat(Math.max(0, Number(bytes) - 13)) });
let left = Number(count);

process.stdin.resume().on('end', () => process.exit(1));
await Promise.all(Array.from({ length: SOCKETS }, work));
process.exit();

async function work(): Promise<void> {
  while (left-- > 0) await post();
}

function post(): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
    const posting = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.on('end', resolve);
    });
    posting.on('error', reject);
    posting.end(body);
  });
}
