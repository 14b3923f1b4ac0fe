import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { ItemsError, jsonItems } from './json-items.ts';

// In pieces of several sizes: where a file is cut must not matter, within a character neither.
async function itemsOf(text: string): Promise<readonly string[]> {
  const bytes = Buffer.from(text);
  const results: string[][] = [];
  for (const size of [1, 2, 5, Math.max(1, bytes.length)]) {
    async function* pieces(): AsyncGenerator<Uint8Array, void> {
      for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
    }
    results.push(await Readable.from(jsonItems(pieces())).toArray());
  }
  for (const result of results) assert.deepEqual(result, results[0]);
  return results[0] ?? [];
}

test('lines, with empty ones and without a last line break', async () => {
  assert.deepEqual(await itemsOf('{"a":"é"}\r\n\n  {"b":2}  \n[3]'), ['{"a":"é"}', '{"b":2}', '[3]']);
  assert.deepEqual(await itemsOf(''), []);
  assert.deepEqual(await itemsOf(' \n '), []);
});

test('the elements of an array, whatever is in them', async () => {
  const text = ' [ {"a": "],[{\\"\\\\"} , [1, {"b": []}],\n {\n  "c": 1\n }, 5 ] ';
  assert.deepEqual(await itemsOf(text), ['{"a": "],[{\\"\\\\"}', '[1, {"b": []}]', '{ "c": 1 }', '5']);
  assert.deepEqual(await itemsOf('[]'), []);
});

test('an array without an end', async () => {
  await assert.rejects(itemsOf('[{"a":1},'), ItemsError);
});
