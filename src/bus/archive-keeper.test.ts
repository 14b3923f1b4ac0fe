import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Archive } from '../domain/archive.ts';
import { archiveArn, eventBusArn } from '../domain/arn.ts';
import { HandClock } from '../domain/clock.ts';
import type { Log } from '../domain/log.ts';
import type { Replay } from '../domain/replay.ts';
import { MemoryStore } from '../store/memory/memory-store.ts';
import { ArchiveKeeper } from './archive-keeper.ts';
import { archivePlace, Configuration, placeIn, replayPlace } from './configuration.ts';

const START = Date.parse('2026-01-15T10:30:00Z');
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const scope = { account: '111111111111', region: 'eu-central-1' };

/** A store in memory that tells how much it let go of at once, and fails as often as it is told to. */
class TrimmedStore extends MemoryStore {
  readonly trims: number[] = [];
  failures = 0;

  override async trimArchive(request: Parameters<MemoryStore['trimArchive']>[0]): Promise<number> {
    if (this.failures > 0) {
      this.failures -= 1;
      throw new Error('The disk is full.');
    }
    const gone = await super.trimArchive(request);
    this.trims.push(gone);
    return gone;
  }
}

async function start(t: TestContext) {
  const store = new TrimmedStore();
  const clock = new HandClock(START);
  const errors: string[] = [];
  const log: Log = { info: () => undefined, warn: () => undefined, error: (message) => errors.push(message) };
  const configuration = await Configuration.load(store, { createdAt: START, pageTokenKey: '' });
  const putArchive = (archive: Partial<Archive> | undefined) =>
    configuration.archives.change(archivePlace(scope, 'a'), () =>
      archive === undefined
        ? undefined
        : { name: 'a', id: 'archive-id', busName: 'default', retentionDays: 0, createdAt: START, ...archive },
    );
  const remove = () =>
    configuration.archiveRemovals.change(placeIn(scope, 'archive-id'), () => ({
      id: 'archive-id',
      deletedAt: clock.now(),
    }));
  const archived = (count: number) =>
    store.append(
      Array.from({ length: count }, (_, n) => ({
        event: {
          id: `e${n}`,
          busArn: eventBusArn(scope, 'default'),
          receivedAt: clock.now(),
          envelope: '{}',
        },
        deliveries: [],
        archives: ['archive-id'],
      })),
    );
  const keep = () => {
    const keeper = new ArchiveKeeper({ configuration, store, clock, log });
    t.after(() => keeper.close());
    return keeper;
  };
  const held = async () => (await store.measureArchive('archive-id')).events;
  return { store, clock, errors, configuration, putArchive, remove, archived, keep, held };
}

/** Lets everything run that can run without the clock. */
async function idle(): Promise<void> {
  for (let turns = 0; turns < 20; turns++) await new Promise((resolve) => setImmediate(resolve));
}

test('events go a moment after their retention, in small steps', async (t) => {
  const { store, clock, putArchive, archived, keep, held } = await start(t);
  await putArchive({ retentionDays: 1 });
  await archived(1200);
  keep();
  await idle();
  clock.advance(DAY_MS);
  await idle();
  assert.equal(await held(), 1200);
  assert.ok((clock.nextWake() ?? 0) <= clock.now() + HOUR_MS);
  clock.advance(HOUR_MS);
  await idle();
  assert.equal(await held(), 0);
  assert.deepEqual(
    store.trims.filter((gone) => gone > 0),
    Array(6).fill(200),
  );
});

test('nothing waits for the clock where nothing expires', async (t) => {
  const { clock, putArchive, archived, keep } = await start(t);
  await putArchive({});
  await archived(1);
  keep();
  await idle();
  assert.equal(clock.nextWake(), undefined);
});

test('an archive that is deleted is emptied, of what comes late too, and then forgotten', async (t) => {
  const { clock, configuration, putArchive, remove, archived, keep, held } = await start(t);
  await putArchive({});
  await archived(3);
  keep();
  await remove();
  await idle();
  assert.equal(await held(), 3, 'it is still there');
  await putArchive(undefined);
  await idle();
  assert.equal(await held(), 0);
  await archived(2);
  clock.advance(60_000);
  await idle();
  assert.equal(await held(), 0);
  assert.deepEqual([...configuration.archiveRemovals.all()], []);
  assert.equal(clock.nextWake(), undefined);
});

test('a removal whose archive stayed is forgotten, and the archive keeps everything', async (t) => {
  const { clock, configuration, putArchive, remove, archived, keep, held } = await start(t);
  await putArchive({});
  await archived(3);
  await remove();
  keep();
  await idle();
  clock.advance(60_000);
  await idle();
  assert.equal(await held(), 3);
  assert.deepEqual([...configuration.archiveRemovals.all()], []);
});

test('a store that fails is tried again after a minute', async (t) => {
  const { store, clock, errors, putArchive, archived, keep, held } = await start(t);
  await putArchive({ retentionDays: 1 });
  await archived(1);
  clock.advance(2 * DAY_MS);
  store.failures = 1;
  keep();
  await idle();
  assert.deepEqual(errors, ['Archives could not be tidied up.']);
  assert.equal(await held(), 1);
  clock.advance(60_000);
  await idle();
  assert.equal(await held(), 0);
});

test('replays that ended 90 days ago are forgotten with the next start', async (t) => {
  const { clock, configuration, keep } = await start(t);
  const put = (name: string, at: number) =>
    configuration.replays.change(
      replayPlace(scope, name),
      (): Replay => ({
        name,
        eventSourceArn: archiveArn(scope, 'a'),
        archiveId: 'archive-id',
        destination: { arn: eventBusArn(scope, 'default') },
        eventStartTime: 0,
        eventEndTime: 1000,
        startedAt: at,
        ending: { state: 'COMPLETED', at },
      }),
    );
  await put('old', clock.now());
  clock.advance(DAY_MS);
  await put('new', clock.now());
  clock.advance(89 * DAY_MS);
  keep();
  await idle();
  assert.deepEqual(
    configuration.listReplays(scope).map(({ name }) => name),
    ['new'],
  );
});
