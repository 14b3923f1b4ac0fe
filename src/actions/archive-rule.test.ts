import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { startTestBus } from '../../test/running-bus.ts';
import { archivePlace, Configuration } from '../bus/configuration.ts';
import type { Archive } from '../domain/archive.ts';
import { defaultLimits } from '../domain/limits.ts';
import { MemoryStore } from '../store/memory/memory-store.ts';
import { alignArchiveRule } from './archive-rule.ts';

// An archive and its rule are two records: this is about what holds between them.

const EventSourceArn = 'arn:aws:events:eu-central-1:111111111111:event-bus/default';
const rule = 'Events-Archive-a';

function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'busbar-archive-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('of an archive and a rule that race for a name, one gets it and the other is refused', async (t) => {
  const bus = await startTestBus(t, { data: temporaryFolder(t) });
  for (let round = 0; round < 20; round++) {
    const ArchiveName = `a${round}`;
    const Name = `Events-Archive-${ArchiveName}`;
    const [archive, own] = await Promise.all([
      bus.call('CreateArchive', { ArchiveName, EventSourceArn }),
      bus.call('PutRule', { Name, EventPattern: '{"source":["mine"]}' }),
    ]);
    const made = archive.status === 200;
    assert.equal(own.status === 200, !made);
    const { json } = await bus.call('DescribeArchive', { ArchiveName });
    assert.equal(json.State, made ? 'ENABLED' : undefined);
  }
});

async function placesFor(archive: Archive) {
  const configuration = await Configuration.load(new MemoryStore(), { createdAt: 0, pageTokenKey: '' });
  const scope = { account: '111111111111', region: 'eu-central-1' };
  const keep = (value: Archive | undefined) =>
    configuration.archives.change(archivePlace(scope, archive.name), () => value);
  const pattern = () => configuration.rule(scope, 'default', rule)?.eventPattern;
  return { context: { scope, configuration, limits: defaultLimits }, keep, pattern };
}

const archive: Archive = { name: 'a', id: '1', busName: 'default', retentionDays: 0, createdAt: 0 };

test('who comes late with an older archive puts the rule of the newer one', async () => {
  const { context, keep, pattern } = await placesFor(archive);
  const older = { ...archive, eventPattern: '{"source":["older"]}' };
  await keep({ ...archive, eventPattern: '{"source":["newer"]}' });
  await alignArchiveRule(older, context);
  assert.equal(pattern(), '{"replay-name":[{"exists":false}],"source":["newer"]}');
});

test('who comes late with an archive that is gone leaves no rule', async () => {
  const { context, keep, pattern } = await placesFor(archive);
  await keep(archive);
  await alignArchiveRule(archive, context);
  assert.equal(pattern(), '{"replay-name":[{"exists":false}]}');
  await keep(undefined);
  await alignArchiveRule(archive, context);
  await alignArchiveRule(archive, context);
  assert.equal(pattern(), undefined);
});

test('an archive and its rule survive a restart', async (t) => {
  const data = temporaryFolder(t);
  const first = await startTestBus(t, { data });
  await first.call('CreateArchive', { ArchiveName: 'a', EventSourceArn, RetentionDays: 7 });
  const before = (await first.call('DescribeArchive', { ArchiveName: 'a' })).json;
  const targets = (await first.call('ListTargetsByRule', { Rule: rule })).json;
  await first.close();
  const second = await startTestBus(t, { data });
  assert.deepEqual((await second.call('DescribeArchive', { ArchiveName: 'a' })).json, before);
  assert.deepEqual((await second.call('ListTargetsByRule', { Rule: rule })).json, targets);
});
