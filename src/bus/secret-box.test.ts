import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { syncFolder } from '../store/make-folder.ts';
import { keyOfFolder, SecretBox, SecretBoxError } from './secret-box.ts';

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'busbar-key-'));
  t.after(() => rmSync(path, { recursive: true }));
  return path;
}

test('a secret comes out as it went in, and does not show while it is kept', () => {
  const box = new SecretBox(randomBytes(32));
  for (const secret of ['pass', '', 'ünïcödé 🔑', 'x'.repeat(10_000)]) {
    const kept = box.seal(secret);
    assert.equal(box.open(kept), secret);
    if (secret !== '') assert.ok(!kept.sealed.includes(secret));
    assert.match(kept.sealed, /^v1\.[\w-]{8}\.[\w-]+$/);
  }
});

test('the same secret never looks the same twice', () => {
  const box = new SecretBox(randomBytes(32));
  const looks = new Set(Array.from({ length: 100 }, () => box.seal('pass').sealed));
  assert.equal(looks.size, 100);
});

test('another process with the same key opens it', () => {
  const key = randomBytes(32);
  assert.equal(new SecretBox(key).open(new SecretBox(Buffer.from(key)).seal('pass')), 'pass');
});

test('a wrong key is told from damage, with what to do', () => {
  const kept = new SecretBox(randomBytes(32)).seal('pass');
  assert.throws(() => new SecretBox(randomBytes(32)).open(kept), {
    name: 'SecretBoxError',
    message: /sealed with another key: set BUSBAR_SECRET_KEY/,
  });
});

test('a change of any byte is found out', () => {
  const box = new SecretBox(randomBytes(32));
  const { sealed } = box.seal('pass');
  const [version, keyId, encoded = ''] = sealed.split('.');
  const bytes = Buffer.from(encoded, 'base64url');
  for (let at = 0; at < bytes.length; at++) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    const text = `${version}.${keyId}.${changed.toString('base64url')}`;
    assert.throws(() => box.open({ sealed: text }), /was changed/, `byte ${at}`);
  }
  for (const length of [0, 10, 28]) {
    const text = `${version}.${keyId}.${bytes.subarray(0, length).toString('base64url')}`;
    assert.throws(() => box.open({ sealed: text }), /was changed/, `${length} bytes`);
  }
  for (const text of ['', 'pass', 'v2.x.y', sealed.replace('v1', 'v9')]) {
    assert.throws(() => box.open({ sealed: text }), SecretBoxError, text);
  }
});

test('a key of another length is refused', () => {
  assert.throws(() => new SecretBox(randomBytes(16)), /must have 32 bytes, not 16/);
});

test('the key of a folder is made once, for its owner alone, and stays', (t) => {
  const path = folder(t);
  const key = keyOfFolder(path, syncFolder);
  assert.equal(key.length, 32);
  assert.deepEqual(readdirSync(path), ['secret.key']);
  if (process.platform !== 'win32') assert.equal(statSync(join(path, 'secret.key')).mode & 0o777, 0o600);
  assert.deepEqual(keyOfFolder(path, syncFolder), key);
  assert.notDeepEqual(keyOfFolder(folder(t), syncFolder), key);
});

test('a key is handed out only once its file is on disk under its name', (t) => {
  const path = folder(t);
  const synced: string[] = [];
  keyOfFolder(path, (given) => {
    assert.equal(given, path);
    synced.push(...readdirSync(given));
  });
  assert.deepEqual(synced, ['secret.key']);
  const full = () => {
    throw new Error('no space is left');
  };
  assert.throws(() => keyOfFolder(folder(t), full), /no space is left/);
});

test('what a start that was interrupted left behind is not taken for a key', (t) => {
  const path = folder(t);
  const draft = join(path, 'secret.key.new');
  writeFileSync(draft, 'half');
  chmodSync(draft, 0o644);
  assert.equal(keyOfFolder(path, syncFolder).length, 32);
  assert.equal(statSync(join(path, 'secret.key')).mode & 0o077, 0);
  assert.ok(!readdirSync(path).includes('secret.key.new'));
});

test('a file that holds no key is left alone, and named', (t) => {
  const path = folder(t);
  const file = join(path, 'secret.key');
  for (const text of ['', 'short', randomBytes(33).toString('base64')]) {
    writeFileSync(file, text);
    assert.throws(() => keyOfFolder(path, syncFolder), {
      name: 'SecretBoxError',
      message: /secret\.key does not hold a key/,
    });
    assert.equal(readFileSync(file, 'utf8'), text);
  }
});
