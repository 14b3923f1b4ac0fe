import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HandClock, SystemClock } from '../domain/clock.ts';
import { ClockMover } from './clock-mover.ts';

/** A mover of a clock at 0, and work that the test calls unfinished for as long as it likes. */
function moverAtZero() {
  const clock = new HandClock(0);
  const unfinished = new Set<string>();
  const hung = new Map<string, number>();
  const attempts = () => hung;
  const isQuiet = async (hanging: number) => {
    const underWay = [...hung.values()].reduce((sum, count) => sum + count, 0);
    return unfinished.size === 0 && underWay === hanging;
  };
  const mover = new ClockMover({ clock, machineClock: new SystemClock(), attempts, isQuiet });
  return { clock, unfinished, hung, mover };
}

/** Work that rings at its time, then takes some turns of the event loop, and then sets its next alarm. */
function everyTenMilliseconds(
  clock: HandClock,
  unfinished: Set<string>,
  seen: number[],
  time = clock.now() + 10,
) {
  clock.at(time, () => {
    unfinished.add('work');
    setTimeout(() => {
      seen.push(clock.now());
      unfinished.delete('work');
      everyTenMilliseconds(clock, unfinished, seen);
    }, 5);
  });
}

test('a long move stops at each instant at which something falls due, and waits for what that sets off', async () => {
  const { clock, unfinished, mover } = moverAtZero();
  const seen: number[] = [];
  everyTenMilliseconds(clock, unfinished, seen);
  await mover.advance(35);
  assert.deepEqual(seen, [10, 20, 30]);
  assert.equal(mover.now(), 35);
  assert.equal(mover.nextDue(), 40);
});

test('next jumps to the next instant at which something falls due, and says which', async () => {
  const { clock, mover } = moverAtZero();
  clock.at(500, () => undefined);
  assert.equal(await mover.next(), 500);
  assert.equal(mover.now(), 500);
  assert.equal(await mover.next(), undefined);
  assert.equal(mover.now(), 500);
});

test('moves wait for one another', async () => {
  const { clock, unfinished, mover } = moverAtZero();
  const seen: number[] = [];
  everyTenMilliseconds(clock, unfinished, seen);
  await Promise.all([mover.advance(10), mover.advance(10), mover.to(25)]);
  assert.equal(mover.now(), 25);
  assert.deepEqual(seen, [10, 20]);
});

test('a move into the past is refused with both instants, and the next move goes on', async () => {
  const { mover } = moverAtZero();
  await mover.to(5000);
  await assert.rejects(mover.to(4000), {
    name: 'RangeError',
    message:
      "The clock stands at 1970-01-01T00:00:05.000Z and can't be moved to 1970-01-01T00:00:04.000Z: it only goes forward.",
  });
  await assert.rejects(mover.advance(-1), /only goes forward/);
  await assert.rejects(mover.advance(Number.NaN), /only goes forward/);
  await assert.rejects(mover.advance(Number.POSITIVE_INFINITY), /only goes forward/);
  await mover.advance(1);
  assert.equal(mover.now(), 5001);
});

test('what hangs holds a move up for a second of the machine, and no longer', async () => {
  const { unfinished, mover } = moverAtZero();
  unfinished.add('a target that hangs');
  assert.equal(await mover.quiet(), false);
  unfinished.clear();
  assert.equal(await mover.quiet(), true);
});

test('a target that hangs at every attempt is waited for a second once a move, and shortly from then on', async () => {
  const { clock, hung, mover } = moverAtZero();
  let attempts = 0;
  const attempt = () => {
    attempts += 1;
    hung.set('t', 1);
    clock.at(clock.now() + 5000, () => {
      hung.delete('t');
      clock.at(clock.now() + 5000, attempt);
    });
  };
  // Other things fall due while it hangs.
  const other = () => clock.at(clock.now() + 500, other);
  clock.at(1000, attempt);
  other();
  const machineClock = new SystemClock();
  const begun = machineClock.now();
  await mover.advance(200_000);
  const took = machineClock.now() - begun;
  assert.equal(attempts, 20);
  assert.ok(took >= 1000 && took < 10_000, `${took} ms`);
});

test('closing stops a move where it is', async () => {
  const { clock, unfinished, mover } = moverAtZero();
  const seen: number[] = [];
  everyTenMilliseconds(clock, unfinished, seen);
  const move = mover.advance(1e9);
  while (seen.length < 2) await new Promise((resolve) => setImmediate(resolve));
  await mover.close();
  await move;
  assert.ok(mover.now() < 1e9);
});

test('time passes by itself for work that is left at the end', async () => {
  const { clock, mover } = moverAtZero();
  await mover.close();
  const work = clock.sleepUntil(15_000).then(() => 'done');
  assert.equal(await mover.letTimePass(work), 'done');
  assert.equal(mover.now(), 20_000);
});

test('the clock ends with the years that an event can tell', async () => {
  const { mover } = moverAtZero();
  await assert.rejects(mover.to(Date.UTC(10_000, 0, 1)), {
    name: 'RangeError',
    message: "The clock can't be moved beyond 9999-12-31T23:59:59.999Z.",
  });
  assert.equal(mover.now(), 0);
});
