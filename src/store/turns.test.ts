import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Queue, Turns } from './turns.ts';

/** Deliveries are their due times; counts how often it is read. */
class ListQueue implements Queue<number> {
  readonly name;
  readonly dueTimes: number[];
  reads = 0;

  constructor(targetId: string, dueTimes: readonly number[]) {
    this.name = { owner: 'rule', targetId };
    this.dueTimes = [...dueTimes];
  }

  take(max: number, now: number): readonly number[] {
    this.reads += 1;
    const due = this.dueTimes.filter((time) => time <= now).length;
    return this.dueTimes.splice(0, Math.min(max, due));
  }

  nextDueAt(): number | undefined {
    this.reads += 1;
    return this.dueTimes[0];
  }
}

function turnsOf(queues: readonly ListQueue[]): Turns<number, ListQueue> {
  const turns = new Turns<number, ListQueue>();
  for (const queue of queues) turns.expect(queue, queue.dueTimes[0] ?? 0);
  return turns;
}

test('a queue that is not due, or has no room, is not read', () => {
  const [due, later, full] = [
    new ListQueue('due', [1, 2]),
    new ListQueue('later', [50]),
    new ListQueue('full', [1]),
  ];
  const turns = turnsOf([full, later, due]);
  const roomFor = ({ targetId }: { targetId: string }) => (targetId === 'full' ? 0 : 9);
  assert.deepEqual(turns.take({ max: 9, now: 10, roomFor }), [1, 2]);
  assert.deepEqual([later.reads, full.reads], [0, 0]);
});

test('shares are equal as far as each can give', () => {
  const queues = [1, 20, 20, 3].map((count, index) => new ListQueue(String(index), Array(count).fill(0)));
  const turns = turnsOf(queues);
  assert.equal(turns.take({ max: 18, now: 0 }).length, 18);
  assert.deepEqual(
    queues.map(({ dueTimes }) => dueTimes.length),
    [0, 13, 13, 0],
  );
  // Few reads: shares are taken at once, not one delivery at a time.
  for (const { reads } of queues) assert.ok(reads <= 8, `${reads} reads`);
});

test('a queue that was expected too early is put right by one read', () => {
  const [early, other] = [new ListQueue('early', [70]), new ListQueue('other', [60])];
  const turns = turnsOf([early, other]);
  turns.expect(early, 5);
  assert.equal(
    turns.nextDueAt(() => true),
    60,
  );
  assert.deepEqual([early.reads, other.reads], [1, 1]);
  assert.deepEqual(turns.take({ max: 9, now: 59 }), []);
  assert.deepEqual([early.reads, other.reads], [1, 1]);
});

test('a queue that is empty is asked no more until something is expected of it', () => {
  const queue = new ListQueue('a', []);
  const turns = turnsOf([queue]);
  assert.deepEqual(turns.take({ max: 9, now: 9 }), []);
  const { reads } = queue;
  assert.deepEqual(turns.take({ max: 9, now: 99 }), []);
  assert.equal(
    turns.nextDueAt(() => true),
    undefined,
  );
  assert.equal(queue.reads, reads);
  queue.dueTimes.push(5);
  turns.expect(queue, 5);
  assert.deepEqual(turns.take({ max: 9, now: 99 }), [5]);
});
