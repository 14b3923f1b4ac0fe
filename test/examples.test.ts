import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const demo = fileURLToPath(new URL('../examples/first-event/demo.ts', import.meta.url));

test('the demo delivers its two events and ends by itself', { timeout: 60_000 }, async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [demo]);
  const received = stdout.slice(stdout.indexOf('5. What the endpoint received'));
  assert.match(stdout, /"FailedEntryCount": 0,\s+"Entries": \[/);
  assert.match(received, /"key1": "value1"/);
  assert.match(received, /"key1": "value3"/);
  assert.match(received, /Where to go next/);
});
