import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OwedEvent, Settlement } from '../../domain/delivery.ts';
import { deliveryId } from './delivery-id.ts';
import {
  decodeEvents,
  decodeIndex,
  encodeAppend,
  encodeRecord,
  keyed,
  type LogRecord,
} from './log-record.ts';

const ODD = 'a\r\nb\u2028\u0085\ud800 \u{1F680}"\\';

test('an append comes back from its index and its body', () => {
  const event = { id: ODD, busArn: 'bus', receivedAt: 5, envelope: `{"a":"${ODD}"}` };
  const events: readonly OwedEvent[] = [
    {
      event,
      deliveries: [
        { owner: ODD, targetId: 't' },
        { owner: 'o', targetId: ODD },
      ],
    },
    { event: { ...event, receivedAt: -6.5, hops: 'both' }, deliveries: [], archives: [ODD, ''] },
  ];
  const { index, body, record } = encodeAppend(events);
  assert.doesNotMatch(index, /[\r\n]/, 'a header is one line');
  assert.deepEqual(decodeIndex(index), record);
  assert.ok(record.kind === 'append');
  assert.deepEqual(
    decodeEvents(body, record.events),
    events.map((each) => each.event),
  );
  assert.deepEqual(record.events[1]?.archived?.keys, [ODD, '']);
  assert.throws(() => decodeEvents(body, record.events.slice(1)), /other events than it says/);
});

test('every other record comes back from its index', () => {
  const id = deliveryId({ message: 42, slot: 3 });
  const error = { code: 'TIMEOUT', message: ODD };
  const settlements: readonly Settlement[] = [
    { id, kind: 'done' },
    { id, kind: 'retry', dueAt: 7, attempts: 2, error },
    { id, kind: 'failed', failedAt: 8, attempts: 3, error },
  ];
  const records: readonly Exclude<LogRecord, { kind: 'append' }>[] = [
    { kind: 'settle', settled: keyed(settlements) },
    { kind: 'settle', settled: keyed(settlements.slice(1, 2)).map((each) => ({ ...each, waitsFrom: 6 })) },
    {
      kind: 'redrive',
      now: 9,
      keys: [
        { message: 42, slot: 3 },
        { message: 43, slot: 0 },
      ],
    },
    { kind: 'trim', archive: ODD, events: [420_000, 420_001] },
    { kind: 'open' },
  ];
  for (const record of records) {
    const { index, body } = encodeRecord(record);
    assert.doesNotMatch(index, /[\r\n]/);
    assert.equal(body.length, 0);
    // A settlement in the log is found by its key; the id is said once.
    const written = JSON.parse(JSON.stringify(record, (key, value) => (key === 'id' ? '' : value)));
    assert.deepEqual(decodeIndex(index), written);
  }
});

test('a record that a newer Busbar wrote is not guessed at', () => {
  assert.throws(() => decodeIndex('{"z":1}'), /A newer Busbar wrote/);
});

test('ids of other stores are left out', () => {
  assert.deepEqual(keyed([{ id: '0000000000000042-00003', kind: 'done' }]), []);
});
