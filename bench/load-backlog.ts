// node load-backlog.ts TREE FOLDER COUNT BYTES: that many events owed to the second target, ten to the first.

import { pathToFileURL } from 'node:url';
import { ruleNameOf, TARGET_ID } from './load-bus.ts';
import { numberedDetail } from './load-numbers.ts';

const EVENTS_PER_APPEND = 1000;
const OWED_TO_ALIVE = 10;

const [, , tree = '', folder = '', count = '', bytes = ''] = process.argv;
const { openSqliteStore } = await import(pathToFileURL(`${tree}/src/store/sqlite/sqlite-store.ts`).href);
const store = await openSqliteStore(folder);
const receivedAt = Date.now();
await owe(1, Number(count));
await owe(0, OWED_TO_ALIVE);
await store.close();

async function owe(target: number, events: number): Promise<void> {
  for (let from = 0; from < events; from += EVENTS_PER_APPEND) {
    const size = Math.min(EVENTS_PER_APPEND, events - from);
    await store.append(Array.from({ length: size }, (_, n) => owedEvent(target, from + n)));
  }
}

function owedEvent(target: number, number: number): object {
  const id = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
  const detail = numberedDetail(number, Number(bytes) - 200);
  const envelope = `{"version":"0","id":"${id}","detail-type":"t","source":"s","account":"111111111111","time":"2026-01-02T03:04:05Z","region":"eu-central-1","resources":[],"detail":${detail}}`;
  const owner = `arn:aws:events:eu-central-1:111111111111:rule/${ruleNameOf(target)}`;
  return {
    event: {
      id,
      busArn: 'arn:aws:events:eu-central-1:111111111111:event-bus/default',
      receivedAt,
      envelope,
    },
    deliveries: [{ owner, targetId: TARGET_ID }],
  };
}
