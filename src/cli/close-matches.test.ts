import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closeMatches } from './close-matches.ts';
import { operationsByCommand } from './operations/operations-by-command.ts';

const OPERATIONS = [...operationsByCommand.keys()];

test('mistyped operations, best first and three at most', () => {
  assert.deepEqual(closeMatches('put-event', OPERATIONS), ['put-events']);
  assert.deepEqual(closeMatches('put-evnets', OPERATIONS), ['put-events']);
  assert.deepEqual(closeMatches('list-rule', OPERATIONS), ['list-rules']);
  assert.deepEqual(closeMatches('delete-archives', OPERATIONS).slice(0, 1), ['delete-archive']);
  assert.ok(closeMatches('delete-archives', OPERATIONS).length <= 3);
});

test('nothing that is far off', () => {
  assert.deepEqual(closeMatches('foo', OPERATIONS), []);
  assert.deepEqual(closeMatches('', OPERATIONS), []);
});
