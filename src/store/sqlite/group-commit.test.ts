import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Change, Outcome } from './change.ts';
import { GroupCommit } from './group-commit.ts';

const MEGABYTE = 1_024 * 1_024;

/** An append that is told from others by its id, with an envelope of so many characters. */
function append(id: string, characters = 2): Change {
  const event = { id, busArn: 'bus', receivedAt: 1, envelope: 'x'.repeat(characters) };
  return { kind: 'append', events: [{ event, deliveries: [] }] };
}

const idOf = (change: Change) => (change.kind === 'append' ? change.events[0]?.event.id : undefined);
const keep = (changes: readonly Change[]): readonly Outcome[] =>
  changes.map((_, value) => ({ kind: 'kept', value }));

/** A group commit, the groups that it committed, and what it told of. */
function recorded(commit = keep) {
  const groups: (string | undefined)[][] = [];
  const told: (string | undefined)[] = [];
  const commits = new GroupCommit(
    (changes) => {
      groups.push(changes.map(idOf));
      return commit(changes);
    },
    (change) => told.push(idOf(change)),
  );
  return { commits, groups, told };
}

test('calls of one turn of the event loop share a commit, in their order', async () => {
  const { commits, groups } = recorded();
  const values = await Promise.all(['a', 'b', 'c'].map((id) => commits.submit(append(id))));
  assert.deepEqual(groups, [['a', 'b', 'c']]);
  assert.deepEqual(values, [0, 1, 2]);
});

test('nothing is committed before the turn ends, and nothing resolves before it is committed', async () => {
  const { commits, groups } = recorded();
  const first = commits.submit(append('a'));
  assert.deepEqual(groups, []);
  await first;
  assert.deepEqual(groups, [['a']]);
  await commits.submit(append('b'));
  assert.deepEqual(groups, [['a'], ['b']]);
});

test('a flood is committed in steps; each group takes at least one call, however large', async () => {
  const { commits, groups } = recorded();
  const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
  const sizes = [1, 1, 3, 9, 1, 1];
  await Promise.all(ids.map((id, index) => commits.submit(append(id, (sizes[index] ?? 0) * MEGABYTE))));
  assert.deepEqual(groups, [['a', 'b', 'c'], ['d'], ['e', 'f']]);
});

test('a commit that fails rejects its calls and no other', async () => {
  let fails = true;
  const { commits, told } = recorded((changes) => {
    if (fails) throw new Error('the disk is full');
    return keep(changes);
  });
  const [a, b] = await Promise.allSettled([commits.submit(append('a')), commits.submit(append('b'))]);
  for (const result of [a, b]) {
    assert.ok(result.status === 'rejected');
    assert.match(String(result.reason), /the disk is full/);
  }
  fails = false;
  await commits.submit(append('c'));
  assert.deepEqual(told, ['c']);
});

test('watchers are told of what was kept, and before the promise resolves', async () => {
  const { commits, told } = recorded((changes) =>
    changes.map((change) =>
      idOf(change) === 'refused' ? { kind: 'refused', error: new Error('no') } : { kind: 'kept', value: 0 },
    ),
  );
  const refused = assert.rejects(commits.submit(append('refused')), /no/);
  await commits.submit(append('kept')).then(() => assert.deepEqual(told, ['kept']));
  await refused;
});

test('it is idle once everything that was submitted is settled', async () => {
  const { commits, groups } = recorded();
  await commits.idle();
  const large = ['a', 'b'].map((id) => commits.submit(append(id, 5 * MEGABYTE)));
  await commits.idle();
  assert.deepEqual(groups, [['a'], ['b']]);
  await Promise.all(large);
});
