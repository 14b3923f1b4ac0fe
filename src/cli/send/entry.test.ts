import assert from 'node:assert/strict';
import { test } from 'node:test';
import { batches } from './batches.ts';
import { type Entry, EntryError, entryOf } from './entry.ts';

const none = { eventBusName: undefined, source: undefined, detailType: undefined };
const json = (item: string, defaults: Parameters<typeof entryOf>[2] = none) =>
  entryOf(item, 0, defaults).json;

test('an entry goes out as it came', () => {
  const item = '{"Source": "a", "DetailType":"b", "Detail":"{\\"n\\": 7.0}"}';
  assert.deepEqual(entryOf(item, 4, none), { index: 4, json: item, bytes: 2 + '{"n": 7.0}'.length });
});

test('a Detail that is an object becomes text, with every digit', () => {
  assert.equal(
    json('{"Source":"a","Detail":{"n":7.0,"id":12345678901234567890}}'),
    '{"Source":"a","Detail":"{\\"n\\":7.0,\\"id\\":12345678901234567890}"}',
  );
});

test('an event as rules see it becomes the entry that would make it', () => {
  assert.equal(
    json(
      '{"version":"0","id":"1","source":"a","detail-type":"b","account":"1","region":"r","time":"2026-01-01T00:00:00Z","resources":["r"],"detail":{}}',
    ),
    '{"Source":"a","DetailType":"b","Time":1767225600,"Resources":["r"],"Detail":"{}"}',
  );
});

test('what is missing is filled in, what is there stays', () => {
  const defaults = { eventBusName: 'bus', source: 's', detailType: 'd' };
  assert.equal(
    json('{"Source":"a","Detail":"{}"}', defaults),
    '{"Source":"a","Detail":"{}","DetailType":"d","EventBusName":"bus"}',
  );
});

test('bytes are counted as AWS counts them', () => {
  const { bytes } = entryOf(
    '{"Time":1,"Source":"é","DetailType":"b","Detail":{},"Resources":["abc"],"EventBusName":"none"}',
    0,
    none,
  );
  assert.equal(bytes, 14 + 2 + 1 + 2 + 3);
});

test('what is no entry says why', () => {
  for (const [item, why] of [
    ['x', /not JSON/],
    ['5', /not a JSON object/],
    ['{"Sourc":"a"}', /unknown member "Sourc"/],
    ['{"Source":"a","Time":"soon"}', /Time "soon" is no time/],
  ] as const) {
    assert.throws(
      () => json(item),
      (error) => error instanceof EntryError && why.test(error.message),
    );
  }
});

test('ten go in a request, or as many as are small enough; one that is too large goes alone', async () => {
  const sizes = async (bytes: readonly number[], most?: Parameters<typeof batches>[1]) => {
    async function* entries(): AsyncGenerator<Entry, void> {
      for (const [index, size] of bytes.entries()) yield { index, bytes: size, json: '{}' };
    }
    const gathered: number[][] = [];
    for await (const batch of batches(entries(), most)) gathered.push(batch.map((entry) => entry.bytes));
    return gathered;
  };
  assert.deepEqual(
    (await sizes(Array(23).fill(1))).map((batch) => batch.length),
    [10, 10, 3],
  );
  assert.deepEqual(await sizes([4, 4, 4, 20, 1, 9], { bytes: 10 }), [[4, 4], [4], [20], [1, 9]]);
  assert.deepEqual(await sizes([]), []);
});
