import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HandClock } from '../domain/clock.ts';
import type { AttemptOnTimeline } from '../domain/timeline.ts';
import { MemoryTimeline } from './memory-timeline.ts';

const START = Date.UTC(2026, 0, 2);
const roomy = { ageMs: 1e12, bytes: 1e12, records: 1e12 };
const busArn = 'arn:aws:events:us-east-1:000000000000:event-bus/default';
const owner = 'arn:aws:events:us-east-1:000000000000:rule/r';
const rule = { arn: owner, targets: [{ id: 't', arn: 'http://127.0.0.1:1/' }] };

function event(id: string, receivedAt = START, envelope = '{}') {
  return { id, busArn, receivedAt, envelope };
}

function attempt(endedAt: number): AttemptOnTimeline {
  return { number: 1, targetArn: 'x', startedAt: START, endedAt, outcome: 'delivered', inputBytes: 2 };
}

test('what happened to an event is told in order, apart from all others', () => {
  const timeline = new MemoryTimeline(new HandClock(START), roomy);
  timeline.received(event('a'), [rule]);
  timeline.received(event('b'), []);
  timeline.attempted({ event: event('a'), owner, targetId: 't' }, attempt(START + 5));
  timeline.settled({ event: event('a'), owner, targetId: 't' }, { kind: 'delivered' }, 'x');
  timeline.lost(event('b'), 'the disk is full');
  assert.deepEqual(
    timeline.recordsOf('a').map(({ kind, sequence }) => [kind, sequence]),
    [
      ['received', 1],
      ['attempt', 3],
      ['delivery', 4],
    ],
  );
  assert.deepEqual(
    timeline.recordsOf('b').map(({ kind }) => kind),
    ['received', 'lost'],
  );
  assert.deepEqual(timeline.recordsOf('c'), []);
});

test('of an event that came before, the next attempt tells what it is', () => {
  const timeline = new MemoryTimeline(new HandClock(START), roomy);
  timeline.attempted({ event: event('a'), owner, targetId: 't' }, attempt(START));
  const [receipt, second] = timeline.recordsOf('a');
  assert.ok(receipt?.kind === 'received' && receipt.resumed);
  assert.equal(second?.kind, 'attempt');
});

test('the oldest are forgotten, whichever bound is reached first', () => {
  const clock = new HandClock(START);
  const byCount = new MemoryTimeline(clock, { ...roomy, records: 3 });
  for (const id of ['a', 'b', 'c', 'd']) byCount.received(event(id), []);
  assert.deepEqual([byCount.first, byCount.next], [2, 5]);
  assert.deepEqual(byCount.recordsOf('a'), []);

  const byBytes = new MemoryTimeline(clock, { ...roomy, bytes: 10_000 });
  for (const id of ['a', 'b', 'c']) byBytes.received(event(id, START, 'x'.repeat(4000)), []);
  assert.equal(byBytes.recordsOf('a').length, 0);
  assert.equal(byBytes.recordsOf('c').length, 1);
  assert.ok(byBytes.extent().bytes <= 10_000);
  byBytes.received(event('d', START, 'x'.repeat(20_000)), []);
  assert.deepEqual(byBytes.extent(), { records: 0, bytes: 0, from: undefined });

  const byAge = new MemoryTimeline(clock, { ...roomy, ageMs: 1000 });
  byAge.received(event('a'), []);
  clock.advance(1001);
  assert.deepEqual(byAge.recordsOf('a'), []);
});

test('a story whose beginning is forgotten goes on with what is left', () => {
  const timeline = new MemoryTimeline(new HandClock(START), { ...roomy, records: 2 });
  timeline.received(event('a'), [rule]);
  timeline.attempted({ event: event('a'), owner, targetId: 't' }, attempt(START));
  timeline.settled({ event: event('a'), owner, targetId: 't' }, { kind: 'delivered' }, 'x');
  assert.deepEqual(
    timeline.recordsOf('a').map(({ kind }) => kind),
    ['attempt', 'delivery'],
  );
});

test('records are found by their time', () => {
  const clock = new HandClock(START);
  const timeline = new MemoryTimeline(clock, roomy);
  for (const at of [0, 10, 10, 20]) timeline.received(event(`e${at}`, START + at), []);
  const since = (offset: number) => timeline.firstSince(START + offset);
  assert.deepEqual([since(-5), since(0), since(1), since(10), since(11), since(21)], [1, 1, 2, 2, 4, 5]);
});

test('who watches is called for every record, until it stops', () => {
  const timeline = new MemoryTimeline(new HandClock(START), roomy);
  let calls = 0;
  const stop = timeline.watch(() => {
    calls += 1;
  });
  timeline.received(event('a'), []);
  timeline.received(event('b'), []);
  stop();
  timeline.received(event('c'), []);
  assert.equal(calls, 2);
});
