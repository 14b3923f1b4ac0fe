import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { invocationOf } from '../../../test/invocation.ts';
import { pathParts } from '../../../test/path-spellings.ts';
import { createFileTarget } from './file.ts';
import { pathOfFileUrl, refusalOfFile } from './file-url.ts';
import type { Outcome } from './target-kind.ts';

interface Files {
  readonly folder: string;
  put(name: string, input: string): Promise<Outcome>;
  read(name: string): string;
}

function startFiles(t: TestContext, allowed = ''): Files {
  const folder = mkdtempSync(join(tmpdir(), 'busbar-file-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const target = createFileTarget({ fileFolders: [join(folder, allowed)] });
  return {
    folder,
    put: (name, input) => target.invoke(invocationOf({ arn: `file://${join(folder, name)}` }, { input })),
    read: (name) => readFileSync(join(folder, name), 'utf8'),
  };
}

function codeOf(outcome: Outcome): string {
  return outcome.kind === 'delivered' ? 'delivered' : `${outcome.kind} ${outcome.error.code}`;
}

test('each input becomes one line, with its numbers as they were written', async (t) => {
  const files = startFiles(t);
  assert.equal((await files.put('a.jsonl', '{\n  "n": 1.0,\n  "s": "a  b\\n"\n}')).kind, 'delivered');
  assert.equal((await files.put('a.jsonl', '"text"')).kind, 'delivered');
  assert.equal(files.read('a.jsonl'), '{"n":1.0,"s":"a  b\\n"}\n"text"\n');
  assert.equal(statSync(join(files.folder, 'a.jsonl')).mode & 0o777, 0o600);
});

test('lines that are written at the same time stay whole', async (t) => {
  const files = startFiles(t);
  const inputs = Array.from({ length: 300 }, (_, n) => JSON.stringify({ n, text: 'x'.repeat(n * 37) }));
  const outcomes = await Promise.all(inputs.map((input, n) => files.put(`${n % 3}.jsonl`, input)));
  assert.ok(outcomes.every(({ kind }) => kind === 'delivered'));
  const lines = [0, 1, 2].flatMap((n) => files.read(`${n}.jsonl`).split('\n').slice(0, -1));
  assert.deepEqual(lines.sort(), inputs.sort());
});

test('a file that was moved away is made anew, and what was cut off does not swallow the next line', async (t) => {
  const files = startFiles(t);
  await files.put('a.jsonl', '1');
  renameSync(join(files.folder, 'a.jsonl'), join(files.folder, 'a.1'));
  appendFileSync(join(files.folder, 'a.jsonl'), '{"half":');
  await files.put('a.jsonl', '2');
  assert.equal(files.read('a.1'), '1\n');
  assert.equal(files.read('a.jsonl'), '{"half":\n2\n');
});

test('what is no plain file in an allowed folder is not written to', async (t) => {
  const files = startFiles(t, 'allowed');
  const at = (name: string) => join(files.folder, name);
  mkdirSync(at('allowed/folder.jsonl'), { recursive: true });
  mkdirSync(at('elsewhere'));
  symlinkSync(at('elsewhere'), at('allowed/way-out'));
  symlinkSync(at('elsewhere/x.jsonl'), at('allowed/link.jsonl'));
  assert.equal(spawnSync('sh', ['-c', 'mkfifo "$0"', at('allowed/pipe.jsonl')]).status, 0);
  assert.equal(codeOf(await files.put('allowed/fine.jsonl', '1')), 'delivered');
  assert.equal(codeOf(await files.put('elsewhere/x.jsonl', '1')), 'permanent NO_PERMISSIONS');
  assert.equal(codeOf(await files.put('allowed/way-out/x.jsonl', '1')), 'permanent NO_PERMISSIONS');
  assert.equal(codeOf(await files.put('allowed/link.jsonl', '1')), 'permanent NO_RESOURCE');
  assert.equal(codeOf(await files.put('allowed/missing/x.jsonl', '1')), 'permanent NO_RESOURCE');
  assert.equal(codeOf(await files.put('allowed/folder.jsonl', '1')), 'permanent NO_RESOURCE');
  assert.equal(codeOf(await files.put('allowed/pipe.jsonl', '1')), 'permanent NO_RESOURCE');
  assert.throws(() => statSync(at('elsewhere/x.jsonl')), { code: 'ENOENT' });
});

test('a line that did not fit is no delivery, and the next one stands by itself', async (t) => {
  const files = startFiles(t);
  const arn = `file://${join(files.folder, 'a.jsonl')}`;
  // A process whose files can't grow beyond 512 bytes, as on a full disk.
  const program = `
    const { createFileTarget } = await import(${JSON.stringify(import.meta.resolve('./file.ts'))});
    const { invocationOf } = await import(${JSON.stringify(import.meta.resolve('../../../test/invocation.ts'))});
    const target = createFileTarget({ fileFolders: [${JSON.stringify(files.folder)}] });
    const deliver = (input) => target.invoke(invocationOf({ arn: ${JSON.stringify(arn)} }, { input }));
    const outcomes = [await deliver('1'), await deliver(JSON.stringify('x'.repeat(1000))), await deliver('2')];
    console.log(JSON.stringify(outcomes));`;
  const limited = ['-c', 'trap "" XFSZ; ulimit -f 1; exec "$0" --input-type=module -e "$1"'];
  const { stdout, stderr } = spawnSync('sh', [...limited, process.execPath, program], { encoding: 'utf8' });
  const outcomes = JSON.parse(stdout || stderr) as Outcome[];
  assert.deepEqual(outcomes.map(codeOf), ['delivered', 'retryable SERVER_ERROR', 'retryable SERVER_ERROR']);
  await files.put('a.jsonl', '3');
  const lines = files.read('a.jsonl').split('\n');
  assert.deepEqual([lines[0], lines[1]?.slice(0, 3), lines.slice(2)], ['1', '"xx', ['3', '']]);
});

test('paths are absolute, end in .jsonl, and have one spelling', () => {
  assert.equal(pathOfFileUrl('file:///a/b.jsonl'), '/a/b.jsonl');
  assert.equal(pathOfFileUrl('file:///a/b%20c.jsonl'), '/a/b c.jsonl');
  assert.equal(pathOfFileUrl('file:///a/../b.jsonl'), '/b.jsonl');
  for (const text of [
    'file:a.jsonl',
    'file://host/a.jsonl',
    'file:///a.txt',
    'file:///a%2fb.jsonl',
    'file:///a%00.jsonl',
    'file:///a.jsonl?x',
    'file:///a.jsonl#x',
    'file:///a//b.jsonl',
    'http://a/b.jsonl',
  ]) {
    assert.equal(pathOfFileUrl(text), undefined, text);
  }
});

test('no spelling leads out of a folder that is named', () => {
  fc.assert(
    fc.property(pathParts, (parts) => {
      const url = `file:///data/out/${[...parts, 'a.jsonl'].join('/')}`;
      if (refusalOfFile(url, ['/data/out']) !== undefined) return;
      const path = pathOfFileUrl(url) ?? '';
      assert.ok(resolve(path).startsWith('/data/out/'), url);
      assert.equal(path.includes('..'), false, url);
    }),
    { numRuns: 3000 },
  );
});

test('only folders that are named are written to', () => {
  assert.equal(refusalOfFile('file:///data/out/a.jsonl', ['/data/out']), undefined);
  assert.equal(refusalOfFile('file:///data/out/b/a.jsonl', ['/x', '/data/out']), undefined);
  assert.match(String(refusalOfFile('file:///data/outside/a.jsonl', ['/data/out'])), /not below a folder/);
  assert.match(String(refusalOfFile('file:///data/out/../a.jsonl', ['/data/out'])), /not below a folder/);
  assert.match(String(refusalOfFile('file:///a.jsonl', [])), /unless --file-targets \(BUSBAR_FILE_TARGETS\)/);
});
