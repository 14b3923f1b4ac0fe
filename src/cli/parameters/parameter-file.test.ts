import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { CommandIo } from '../command-io.ts';
import { expandPath, ParameterFileError, ParameterFiles } from './parameter-file.ts';

function io(more: Partial<CommandIo> = {}): CommandIo {
  const nowhere = { write: () => true };
  const stdin = (async function* () {
    yield 'from ';
    yield Buffer.from('stdin');
  })();
  return { stdout: nowhere, stderr: nowhere, stdin, env: {}, cwd: '/', ...more };
}

function folder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const path = mkdtempSync(join(tmpdir(), 'busbar-files-'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content);
  return path;
}

test('only the two prefixes name files, in lower case', async () => {
  const files = new ParameterFiles(io());
  for (const text of ['plain', 'File://x', 'https://example.com/x', 'http://x', ' file://x', '']) {
    assert.equal(await files.read(text), undefined);
  }
});

test('text keeps its newline, loses a byte order mark, and is read in the encoding that is set', async () => {
  const cwd = folder({
    'a.txt': 'é\n',
    'bom.txt': '\ufeffa',
    'latin.txt': Uint8Array.of(0xe9),
  });
  const files = new ParameterFiles(io({ cwd }));
  assert.equal(await files.read('file://a.txt'), 'é\n');
  assert.equal(await files.read('fileb://a.txt'), 'é\n');
  assert.equal(await files.read(`file://${cwd}/a.txt`), 'é\n');
  assert.equal(await files.read('file://bom.txt'), 'a');
  await assert.rejects(files.read('file://latin.txt'), {
    message:
      'Unable to load paramfile (latin.txt), text contents could not be decoded.  If this is a binary file, please use the fileb:// prefix instead of the file:// prefix.',
  });
  const latin = new ParameterFiles(io({ cwd, env: { AWS_CLI_FILE_ENCODING: 'latin1' } }));
  assert.equal(await latin.read('file://latin.txt'), 'é');
  const unknown = new ParameterFiles(io({ cwd, env: { AWS_CLI_FILE_ENCODING: 'nope' } }));
  await assert.rejects(unknown.read('file://a.txt'), { message: 'unknown encoding: nope' });
});

test('a file that can’t be read: the system’s reason', async () => {
  const files = new ParameterFiles(io({ cwd: folder({ file: '' }) }));
  await assert.rejects(files.read('file://file/x'), {
    constructor: ParameterFileError,
    message: "Unable to load paramfile file://file/x: [Errno 20] Not a directory: 'file/x'",
  });
});

test('no path at all is no file, not the working folder', async () => {
  const files = new ParameterFiles(io({ cwd: folder({}) }));
  await assert.rejects(files.read('file://'), {
    message: "Unable to load paramfile file://: [Errno 2] No such file or directory: ''",
  });
});

test('standard input can be read twice', async () => {
  const files = new ParameterFiles(io());
  assert.equal(await files.read('file:///dev/stdin'), 'from stdin');
  assert.equal(await files.read('file:///dev/stdin'), 'from stdin');
});

test('home and variables', () => {
  const env = { HOME: '/home/me', A_1: 'a', B: 'b' };
  assert.equal(expandPath('~/x', env), '/home/me/x');
  assert.equal(expandPath('~', env), '/home/me');
  assert.equal(expandPath('x~/y', env), 'x~/y');
  assert.equal(expandPath(`$A_1/\${B}/$C/\${D}`, env), `a/b/$C/\${D}`);
});
