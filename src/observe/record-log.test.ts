import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecordLog } from './record-log.ts';

test('records are found by number and by what they are about, until they are dropped', () => {
  const log = new RecordLog<number>();
  log.shift();
  for (let n = 1; n <= 5000; n += 1) {
    log.push({ at: n * 10, id: `id ${n % 7}`, text: `text ${n}`, extra: -n });
    if (n > 3000) log.shift();
  }
  assert.deepEqual([log.first, log.next, log.size], [2001, 5001, 3000]);
  for (const n of [2001, 3333, 5000]) {
    assert.deepEqual(log.read(n), { at: n * 10, id: `id ${n % 7}`, text: `text ${n}`, extra: -n });
    assert.equal(log.timeOf(n), n * 10);
  }
  for (const n of [0, 2000, 5001]) {
    assert.equal(log.read(n), undefined);
    assert.equal(log.timeOf(n), undefined);
  }
  const expected = Array.from({ length: 3000 }, (_, at) => 5000 - at).filter((n) => n % 7 === 3);
  assert.deepEqual([...log.numbersOf('id 3')], expected);
  assert.deepEqual([...log.numbersOf('id 9')], []);
});

test('texts come back as they were, whatever is in them', () => {
  const log = new RecordLog<undefined>();
  const texts = ['', 'a', 'é€😀', '\ud800 half a pair', 'x'.repeat(300_000), '€'.repeat(200_000)];
  for (let n = 0; n < 2000; n += 1) texts.push(`${n} `.repeat(n % 500), '€'.repeat(n % 300));
  for (const text of texts) log.push({ at: 0, id: 'ü', text, extra: undefined });
  for (const [at, text] of texts.entries()) assert.equal(log.read(at + 1)?.text, text);
});

test('bytes are those of what is there', () => {
  const log = new RecordLog<undefined>();
  for (const text of ['x'.repeat(100), 'x'.repeat(500_000), '€']) {
    log.push({ at: 0, id: 'id', text, extra: undefined });
  }
  assert.ok(log.bytes > 500_100 && log.bytes < 500_400, `${log.bytes}`);
  for (let n = 0; n < 3; n += 1) log.shift();
  assert.equal(log.bytes, 0);
});

test('room that is used again spoils nothing that is still there, be it large or small', () => {
  const log = new RecordLog<undefined>();
  const texts: string[] = [];
  for (let n = 0; n < 20_000; n += 1) {
    // Now and then one that has a buffer of its own, in between those that share.
    const text = n % 97 === 0 ? `${n}`.repeat(60_000) : `${n} `.repeat(n % 200);
    texts.push(text);
    log.push({ at: 0, id: `id ${n}`, text, extra: undefined });
    while (log.bytes > 3_000_000) log.shift();
  }
  assert.ok(log.size > 100 && log.size < 20_000, `${log.size}`);
  for (let number = log.first; number < log.next; number += 1) {
    assert.equal(log.read(number)?.text, texts[number - 1]);
    assert.equal(log.read(number)?.id, `id ${number - 1}`);
  }
});
