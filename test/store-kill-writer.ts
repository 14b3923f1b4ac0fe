import { writeSync } from 'node:fs';
import { JetStreamStore } from '../src/store/jetstream/jetstream-store.ts';
import { openSqliteStore } from '../src/store/sqlite/sqlite-store.ts';
import { owedEvent } from './store-suite.ts';

// The process that `store-kill-rounds.ts` runs and kills. It appends, settles and configures without end, and says so
// line by line, at once: `+ name` an append was acknowledged, `? name kind` a settlement is about to be
// asked for, `! name kind` it was acknowledged, `c number` a change of configuration was acknowledged.

const [place = '', prefix = ''] = process.argv.slice(2);
const error = { code: 'TIMEOUT', message: 'No answer.' };
// A log that is cleaned often, for that is what a crash may hit.
const cleaning = { purgeStepMessages: 20, garbageBytes: 20_000, garbageMessages: 50 };
const store = await (place.startsWith('nats:')
  ? JetStreamStore.open(place, cleaning)
  : openSqliteStore(place));
const pause = new Int32Array(new SharedArrayBuffer(4));

/** Says a line at once: it is in the pipe when this returns, however slowly the other end reads. */
function say(line: string): void {
  let rest = Buffer.from(`${line}\n`);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      // A full pipe: the reader needs a moment.
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
      Atomics.wait(pause, 0, 0, 1);
    }
  }
}

async function appendForever(appender: number): Promise<void> {
  for (let count = 0; ; count += 1) {
    const ids = [0, 1, 2].map((index) => `${prefix}-${appender}-${count}-${index}`);
    await store.append(ids.map((id) => owedEvent(id, 1, ['a', 'b'])));
    for (const id of ids) say(`+ ${id}/a\n+ ${id}/b`);
  }
}

async function settleForever(): Promise<void> {
  for (let count = 0; ; count += 1) {
    const leased = await store.lease({ max: 4, now: 1, until: 2 });
    // A store may answer from memory: the others must get their turn.
    if (leased.length === 0) await new Promise(setImmediate);
    const settlements = leased.map(({ id }, index) =>
      (index + count) % 5 === 0
        ? ({ kind: 'failed', id, failedAt: 1, attempts: 1, error } as const)
        : ({ kind: 'done', id } as const),
    );
    const names = leased.map(({ event, targetId }, index) => {
      return `${event.id}/${targetId} ${settlements[index]?.kind}`;
    });
    for (const name of names) say(`? ${name}`);
    await store.settle(settlements);
    for (const name of names) say(`! ${name}`);
  }
}

async function configureForever(): Promise<void> {
  const record = (await store.readConfiguration())[0];
  let value = Number(record?.value ?? 0);
  let expectedRevision = record?.revision ?? 0;
  for (;;) {
    value += 1;
    expectedRevision = await store.writeConfiguration({ kind: 'k', key: 'k', value, expectedRevision });
    say(`c ${value}`);
  }
}

await Promise.all([appendForever(0), appendForever(1), settleForever(), configureForever()]);
