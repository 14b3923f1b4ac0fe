import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAsked } from './bus-names.ts';

test('only a bus on this machine is asked for names', () => {
  for (const url of [
    'http://localhost:4010',
    'http://127.0.0.1:1',
    'https://127.1.2.3',
    'http://[::1]:4010',
  ]) {
    assert.ok(isAsked(new URL(url)), url);
  }
  for (const url of [
    'https://events.us-east-1.amazonaws.com',
    'http://127.0.0.1.example.com',
    'http://10.0.0.1',
  ]) {
    assert.ok(!isAsked(new URL(url)), url);
  }
});
