import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Leases } from './leases.ts';

function leasesOf(untils: Readonly<Record<string, number>>): Leases<string> {
  const leases = new Leases<string>();
  for (const [id, until] of Object.entries(untils)) leases.add(id, { until, place: `place of ${id}` });
  return leases;
}

test('a lease ends at its time, once', () => {
  const leases = leasesOf({ a: 10, b: 20 });
  assert.deepEqual(leases.end(9), []);
  assert.deepEqual(leases.end(10), ['place of a']);
  assert.deepEqual(leases.end(10), []);
  assert.ok(!leases.has('a') && leases.has('b'));
  assert.deepEqual(leases.end(99), ['place of b']);
});

test('a lease that was given back does not end', () => {
  const leases = leasesOf({ a: 10, b: 20 });
  leases.delete('a');
  assert.deepEqual(leases.end(15), []);
  assert.deepEqual(leases.end(20), ['place of b']);
});

test('the next time is that of a delivery or that of the first lease to end', () => {
  assert.equal(leasesOf({}).nextAfter(undefined), undefined);
  assert.equal(leasesOf({}).nextAfter(7), 7);
  const leases = leasesOf({ a: 10, b: 20 });
  assert.equal(leases.nextAfter(7), 7);
  assert.equal(leases.nextAfter(15), 10);
  assert.equal(leases.nextAfter(undefined), 10);
  assert.equal(
    leases.nextAfter(undefined, (place) => place === 'place of b'),
    20,
  );
  assert.equal(
    leases.nextAfter(undefined, () => false),
    undefined,
  );
  leases.delete('a');
  assert.equal(leases.nextAfter(15), 15);
  assert.equal(leases.nextAfter(undefined), 20);
});
