import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ByteTable } from './byte-table.ts';

test('it finds what was added and not removed, and nothing else', () => {
  const key = fc.record({ context: fc.nat(2), text: fc.string({ maxLength: 3 }), hash: fc.nat(3) });
  const step = fc.record({ add: fc.boolean(), key });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300, size: 'max' }), (steps) => {
      const table = new ByteTable();
      const ids = new Map<string, number>();
      for (const { add, key } of steps) {
        // Few hashes, so that many keys stand in each other's way.
        const { context, text, hash } = key;
        const bytes = new TextEncoder().encode(text);
        const name = `${context} ${hash} ${text}`;
        const known = ids.get(name);
        assert.equal(table.find(context, hash, bytes, 0, bytes.length), known ?? -1);
        if (add) {
          const id = table.add(context, hash, bytes);
          if (known === undefined) assert.ok(![...ids.values()].includes(id), 'an id is given twice');
          else assert.equal(id, known);
          ids.set(name, id);
        } else if (known !== undefined) {
          table.remove(known);
          ids.delete(name);
        }
        assert.equal(table.size, ids.size);
      }
    }),
    { numRuns: 300 },
  );
});

test('it finds keys inside of other bytes', () => {
  const table = new ByteTable();
  const id = table.add(1, 5, Uint8Array.of(7, 8));
  assert.equal(table.find(1, 5, Uint8Array.of(6, 7, 8, 9), 1, 3), id);
  assert.equal(table.find(1, 5, Uint8Array.of(6, 7, 8, 9), 1, 4), -1);
  assert.equal(table.find(2, 5, Uint8Array.of(6, 7, 8, 9), 1, 3), -1);
});

test('ids are dense, and used again', () => {
  const table = new ByteTable();
  const keys = Array.from({ length: 5000 }, (_, index) => new TextEncoder().encode(`key ${index}`));
  const ids = keys.map((key, index) => table.add(0, index * 7, key));
  assert.equal(Math.max(...ids), 4999);
  for (const id of ids) table.remove(id);
  assert.equal(table.size, 0);
  const again = keys.map((key, index) => table.add(1, index * 7, key));
  assert.equal(Math.max(...again), 4999);
});
