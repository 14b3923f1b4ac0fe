import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isOnThisMachine } from './endpoint.ts';

test('an address of this machine is told from all others by its host', () => {
  for (const url of [
    'http://localhost:4010',
    'http://127.0.0.1:1',
    'https://127.1.2.3',
    'http://127.1:4010',
    'http://[::1]:4010',
  ]) {
    assert.ok(isOnThisMachine(new URL(url)), url);
  }
  for (const url of [
    'https://events.us-east-1.amazonaws.com',
    'http://127.0.0.1.example.com',
    'http://10.0.0.1',
    'http://localhost.example.com',
  ]) {
    assert.ok(!isOnThisMachine(new URL(url)), url);
  }
});
