import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CommandIo } from '../command-io.ts';
import { candidatesFor } from './candidates.ts';
import { candidatesText } from './candidates-text.ts';

// Nothing listens at port 9, so there are no names.
const io: CommandIo = {
  stdout: { write: () => assert.fail('nothing is written') },
  stderr: { write: () => assert.fail('nothing is written') },
  stdin: (async function* () {})(),
  env: { BUSBAR_ENDPOINT_URL: 'http://127.0.0.1:9', HOME: '/nonexistent' },
  cwd: '/',
};

const wordsOf = async (...words: readonly string[]) =>
  (await candidatesFor(words, io)).words.map(([word]) => word);
const pathsOf = async (...words: readonly string[]) => (await candidatesFor(words, io)).paths;

test('commands, wherever the global options stand', async () => {
  for (const before of [[], ['--region', 'x'], ['--output=json', '--debug']]) {
    const words = await wordsOf(...before, '');
    for (const name of ['start', 'events', 'send', 'completion', 'help'])
      assert.ok(words.includes(name), name);
  }
});

test('operations, and the options of each', async () => {
  assert.ok((await wordsOf('events', 'put-')).includes('put-events'));
  assert.ok((await wordsOf('--region', 'x', 'events', '--output', 'json', '')).includes('put-events'));
  const options = await wordsOf('events', 'put-targets', '--');
  for (const flag of ['--targets', '--cli-input-json', '--region', '--query'])
    assert.ok(options.includes(flag));
  assert.ok(!options.includes('--schedule-expression'));
  // Where nothing else could stand, they are shown without a dash; the global ones would be too many.
  assert.deepEqual((await wordsOf('events', 'delete-rule', '')).slice(0, 4), [
    '--name',
    '--event-bus-name',
    '--force',
    '--no-force',
  ]);
});

test('what was given is not offered again', async () => {
  const options = await wordsOf('events', 'put-targets', '--rule', 'r', '--targets=x', '--');
  assert.ok(!options.includes('--rule') && !options.includes('--targets'));
  assert.ok((await wordsOf('replay', 'a', '--rule', 'r', '--')).includes('--rule'));
});

test('values of an option are those of its operation', async () => {
  assert.deepEqual((await wordsOf('events', 'put-rule', '--state', '')).slice(0, 2), ['ENABLED', 'DISABLED']);
  assert.ok((await wordsOf('events', 'list-replays', '--state', '')).includes('RUNNING'));
  assert.ok((await wordsOf('events', 'list-replays', '--state=')).includes('--state=RUNNING'));
  assert.ok((await wordsOf('events', 'list-replays', '--sta', '')).includes('RUNNING'));
  assert.ok((await wordsOf('events', 'list-rules', '--output', '')).includes('yaml-stream'));
  assert.deepEqual(await wordsOf('events', 'put-rule', '--description', ''), []);
  assert.deepEqual(await wordsOf('events', 'put-rule', '--description=a'), []);
});

test('options behind a list and behind an option that may have a value', async () => {
  assert.ok(
    (await wordsOf('events', 'put-events', '--entries', 'a', 'b', '--end')).includes('--endpoint-id'),
  );
  assert.ok((await wordsOf('events', 'put-events', '--generate-cli-skeleton', '')).includes('yaml-input'));
  assert.ok((await wordsOf('events', 'put-events', '--generate-cli-skeleton', '--')).includes('--entries'));
});

test('paths', async () => {
  assert.deepEqual(await wordsOf('events', 'put-events', '--entries', 'f'), ['file://']);
  assert.equal(await pathsOf('events', 'put-events', '--entries', 'file://a'), 'files');
  assert.equal(await pathsOf('events', 'put-events', '--entries=fileb://a'), 'files');
  assert.equal(await pathsOf('events', 'put-events', '--ca-bundle', ''), 'files');
  assert.equal(await pathsOf('send', ''), 'files');
  assert.equal(await pathsOf('send', '--state', ''), 'files');
  assert.equal(await pathsOf('start', '--data', ''), 'folders');
  assert.equal(await pathsOf('aws', '--', 'x', ''), 'files');
});

test('free words of the own commands', async () => {
  assert.deepEqual(await wordsOf('archive', ''), ['export', 'import']);
  assert.equal(await pathsOf('archive', 'import', 'a', ''), 'files');
  assert.deepEqual(await wordsOf('completion', ''), ['bash', 'zsh', 'fish']);
  assert.ok((await wordsOf('trigger', '')).includes('s3-object-created'));
  assert.ok((await wordsOf('doctor', '--skip', '')).includes('no-dead-letter-queue'));
  assert.ok((await wordsOf('start', '--log', '')).includes('off'));
  assert.ok((await wordsOf('start', '--mem')).includes('--memory'));
});

test('without a bus there are no names, and no fuss', async () => {
  assert.deepEqual(await wordsOf('events', 'put-targets', '--rule', ''), []);
  assert.deepEqual(await wordsOf('events', 'put-targets', '--endpoint-url', 'no url', '--rule', ''), []);
});

test('what makes no sense has no candidates', async () => {
  assert.deepEqual(await wordsOf('nope', ''), []);
  assert.deepEqual(await wordsOf('events', 'nope', ''), []);
  assert.deepEqual(await wordsOf('events', 'put-rule', '--nope=a'), []);
  assert.ok((await wordsOf()).includes('events'));
});

test('every candidate is a line: the word, a tab, and what it is for in a few words', async () => {
  const text = candidatesText(await candidatesFor(['events', 'put-rule', '--'], io));
  assert.match(text, /^--state\tWhether the rule is at work\n/m);
  for (const line of text.trimEnd().split('\n')) assert.match(line, /^--[a-z-]+(\t.{3,70})?$/);
  assert.equal(candidatesText({ words: [['a', '']], paths: 'files' }), 'a\n:files\n');
});
