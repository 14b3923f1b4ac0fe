import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { InvocationRate } from './invocation-rate.ts';

const arn = 'arn:aws:events:eu-central-1:111111111111:api-destination/d/1';

test('as many as the rate go at once; the others get a turn in one of the next seconds', () => {
  const rate = new InvocationRate();
  const ask = (deliveryId: string, now: number) => rate.turn({ arn, perSecond: 2, deliveryId, now });
  assert.deepEqual(
    ['a', 'b', 'c', 'd', 'e'].map((id) => ask(id, 5000)),
    [undefined, undefined, 6000, 6000, 7000],
  );
  assert.equal(ask('c', 5500), 6000);
  assert.deepEqual(
    ['c', 'd', 'e', 'f'].map((id) => ask(id, 6000)),
    [undefined, undefined, 7000, 7000],
  );
});

test('each destination has a rate of its own, and a new rate holds at once', () => {
  const rate = new InvocationRate();
  const ask = (deliveryId: string, other: object) =>
    rate.turn({ arn, perSecond: 1, deliveryId, now: 0, ...other });
  assert.equal(ask('a', {}), undefined);
  assert.equal(ask('b', {}), 1000);
  assert.equal(ask('c', { arn: 'another' }), undefined);
  assert.equal(ask('d', { perSecond: 300 }), undefined);
});

test('those who come long after their turn do not go together', () => {
  const rate = new InvocationRate();
  const ask = (deliveryId: string, now: number) => rate.turn({ arn, perSecond: 1, deliveryId, now });
  for (const id of ['a', 'b', 'c', 'd']) ask(id, 0);
  const turns = ['b', 'c', 'd'].map((id) => ask(id, 60_000));
  assert.deepEqual(turns, [undefined, 61_000, 62_000]);
});

test('no second sees more turns begin than the rate, and everyone gets one', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.nat(3000), { maxLength: 40 }),
      (perSecond, gaps) => {
        const rate = new InvocationRate();
        const begun: number[] = [];
        const waiting: { at: number; id: string }[] = [];
        let now = 0;
        const ask = (deliveryId: string, at: number) => {
          const due = rate.turn({ arn, perSecond, deliveryId, now: at });
          if (due === undefined) begun.push(at);
          else waiting.push({ at: due, id: deliveryId });
        };
        const letGo = (until: number) => {
          for (;;) {
            waiting.sort((a, b) => a.at - b.at);
            const next = waiting[0];
            if (next === undefined || next.at > until) return;
            waiting.shift();
            ask(next.id, next.at);
          }
        };
        for (const [n, gap] of gaps.entries()) {
          now += gap;
          letGo(now);
          ask(String(n), now);
        }
        letGo(Number.POSITIVE_INFINITY);
        assert.equal(begun.length, gaps.length);
        for (const [n, at] of begun.entries()) {
          const laterOne = begun[n + perSecond];
          if (laterOne !== undefined) assert.ok(laterOne - at >= 1000);
        }
      },
    ),
  );
});
