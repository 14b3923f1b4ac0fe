import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WithStore } from './store-suite.ts';

const ODD = [
  ['nothing', ''],
  ['NUL', 'a\u0000b\u0000'],
  ['half of a surrogate pair', '\ud800 and \udc00'],
  ['a whole pair', '\u{1F680}'],
  ['U+FFFD, beside what UTF-8 would turn into it', '\ufffd\ud800'],
  ['a byte order mark', '\ufeff{}'],
  ['combining characters, which nobody may compose', 'e\u0301 \u00e9'],
  ['control characters', '\u0001\u007f\u0085\u2028\r\n'],
] as const;

/** Texts come back as they went in, code unit by code unit, wherever they are kept. */
export function textTests(withStore: WithStore): void {
  for (const [what, text] of ODD) {
    test(`${what} is kept as it is`, () =>
      withStore(async (store) => {
        const event = { id: text, busArn: text, receivedAt: 1, envelope: text };
        await store.append([{ event, deliveries: [{ owner: text, targetId: text }] }]);
        const [leased] = await store.lease({ max: 1, now: 1, until: 2 });
        assert.ok(leased !== undefined);
        assert.deepEqual(leased, { id: leased.id, owner: text, targetId: text, attempts: 0, event });
        const error = { code: text, message: text };
        await store.settle([{ kind: 'failed', id: leased.id, failedAt: 3, attempts: 1, error }]);
        assert.deepEqual(await store.listFailed({ max: 1 }), [
          { ...leased, attempts: 1, failedAt: 3, error },
        ]);
        const revision = await store.writeConfiguration({
          kind: text,
          key: text,
          value: { [text]: text },
          expectedRevision: 0,
        });
        assert.deepEqual(await store.readConfiguration(), [
          { kind: text, key: text, value: { [text]: text }, revision },
        ]);
      }));
  }

  test('keys that differ in an odd character only are two records', () =>
    withStore(async (store) => {
      const keys = ['a', 'a\u0000', 'a\u0000b', 'a\ufffd', 'a\ud800', 'a\ud801'];
      for (const key of keys) {
        await store.writeConfiguration({ kind: 'k', key, value: key, expectedRevision: 0 });
      }
      assert.deepEqual(
        (await store.readConfiguration()).map(({ key, value }) => [key, value]),
        [...keys].sort().map((key) => [key, key]),
      );
    }));

  test('an envelope of 1 MB, in the alphabets of one and of two bytes', () =>
    withStore(async (store) => {
      const envelopes = ['x'.repeat(1_048_576), 'ж'.repeat(524_288), '\ud800'.repeat(524_288)];
      await store.append(
        envelopes.map((envelope, index) => ({
          event: { id: String(index), busArn: 'bus', receivedAt: index, envelope },
          deliveries: [{ owner: 'rule', targetId: 't' }],
        })),
      );
      const leased = await store.lease({ max: 9, now: 9, until: 99 });
      assert.equal(leased.length, 3);
      for (const [index, { event }] of leased.entries()) assert.ok(event.envelope === envelopes[index]);
    }));
}
