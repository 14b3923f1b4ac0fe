import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Settlement } from '../../domain/delivery.ts';
import type { DeliveryIndex } from './delivery-index.ts';
import { LogIndex } from './log-index.ts';
import type { LogRecord } from './log-record.ts';

const step = fc.record({
  kind: fc.constantFrom<'append' | Settlement['kind'] | 'redrive' | 'trim'>(
    'append',
    'append',
    'done',
    'retry',
    'failed',
    'redrive',
    'trim',
  ),
  pick: fc.nat({ max: 30 }),
  count: fc.integer({ min: 0, max: 3 }),
  archived: fc.boolean(),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** All that an index says of deliveries, row numbers aside. */
function stateOf(index: DeliveryIndex): readonly unknown[] {
  const { rows } = index;
  const all: unknown[] = [];
  for (let row = 0; row < rows.end; row += 1) {
    if (!rows.has(row)) continue;
    const { message, slot } = rows.keyOf(row);
    const failed = rows.failure[row] !== 0;
    all.push([
      message,
      slot,
      failed,
      rows.dueAt[row],
      rows.attempts[row],
      failed ? 0 : rows.waitsFrom[row],
      rows.record[row],
    ]);
  }
  return [...all.sort((a, b) => (String(a) < String(b) ? -1 : 1)), index.count()];
}

/** The record that a step makes of what is there. */
function recordOf({ kind, pick, count, archived }: Step, index: LogIndex, now: number): LogRecord {
  const { rows } = index.deliveries;
  const known = Array.from({ length: rows.end }, (_, row) => row).filter((row) => rows.has(row));
  const row = known[pick % Math.max(known.length, 1)] ?? -1;
  const key = rows.keyOf(row);
  const error = { code: 'X', message: '' };
  switch (kind) {
    case 'append': {
      const deliveries = Array.from({ length: count }, (_, n) => ({ owner: 'o', targetId: `t${n}` }));
      const event = { receivedAt: now, deliveries };
      return {
        kind,
        events: [archived ? { ...event, archived: { keys: ['a'], time: now, bytes: 5 } } : event],
      };
    }
    case 'done':
      return { kind: 'settle', settled: [{ key, settlement: { id: '', kind } }] };
    case 'retry':
      return {
        kind: 'settle',
        settled: [
          {
            key,
            settlement: { id: '', kind, dueAt: now, attempts: 2, error },
            waitsFrom: rows.waitsFrom[row] ?? 0,
          },
        ],
      };
    case 'failed':
      return {
        kind: 'settle',
        settled: [{ key, settlement: { id: '', kind, failedAt: now, attempts: 3, error } }],
      };
    case 'redrive':
      return { kind, now, keys: [key] };
    case 'trim':
      return { kind, archive: 'a', events: index.archives.expired('a', { before: now, max: count }) };
  }
}

test('whatever of the garbage is deleted, the log says the same when it is read again', () => {
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 60 }),
      fc.array(fc.boolean(), { maxLength: 99 }),
      fc.boolean(),
      (steps, kept, interrupted) => {
        const index = new LogIndex();
        const log = new Map<number, LogRecord>();
        for (const [number, each] of steps.entries()) {
          const record = recordOf(each, index, number);
          log.set(number + 1, record);
          index.apply({ sequence: number + 1, bytes: 10, parts: [] }, record);
        }
        const { events, records } = index.needs.garbageBefore(Number.POSITIVE_INFINITY);
        // Messages with events go first: a crash in between may leave any of them, or else any of the records.
        const isLeft = (n: number) => kept[n] === true;
        const leftEvents = interrupted ? events.filter((_, n) => isLeft(n)) : [];
        const leftRecords = interrupted ? records : records.filter((_, n) => isLeft(n));
        for (const message of [...events, ...records]) {
          if (!leftEvents.includes(message) && !leftRecords.includes(message)) log.delete(message);
        }
        const again = new LogIndex();
        for (const [sequence, record] of log) again.apply({ sequence, bytes: 10, parts: [] }, record);
        assert.deepEqual(stateOf(again.deliveries), stateOf(index.deliveries));
        assert.deepEqual(again.archives.measure('a'), index.archives.measure('a'));
        // What is still in the log and needed is what was needed before.
        for (const message of log.keys()) {
          const wasNeeded = index.needs.marks.isNeeded(message);
          if (!wasNeeded && again.needs.marks.isNeeded(message)) assert.fail(`${message} is needed again`);
        }
      },
    ),
    { numRuns: 300 },
  );
});
