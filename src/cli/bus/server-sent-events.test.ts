import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { serverSentEvents } from './server-sent-events.ts';

async function read(text: string): Promise<readonly unknown[]> {
  const bytes = Buffer.from(text);
  const results = [];
  for (const size of [1, 3, bytes.length]) {
    const pieces: Buffer[] = [];
    for (let start = 0; start < bytes.length; start += size) pieces.push(bytes.subarray(start, start + size));
    results.push(await Readable.from(serverSentEvents(Readable.from(pieces))).toArray());
  }
  for (const result of results) assert.deepEqual(result, results[0]);
  return results[0] ?? [];
}

test('events with their ids; comments and unknown fields are passed over', async () => {
  assert.deepEqual(
    await read('retry: 5\n\n: hello\n\nid: 1\nevent: a\ndata: {"é":1}\n\ndata:x\ndata: y\n\n'),
    [
      { id: '1', type: 'a', data: '{"é":1}' },
      { id: '1', type: 'message', data: 'x\ny' },
    ],
  );
});

test('what is cut short is dropped', async () => {
  assert.deepEqual(await read('id: 1\r\ndata: a\r\n\r\nid: 2\r\ndata: b\r\n'), [
    { id: '1', type: 'message', data: 'a' },
  ]);
});
