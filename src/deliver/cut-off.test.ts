import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CutOff } from './cut-off.ts';

test('all that is under way ends once, save what was called off', () => {
  const cutOff = new CutOff();
  const ended: string[] = [];
  cutOff.add(() => ended.push('a'));
  cutOff.add(() => ended.push('b'))();
  const callOff = cutOff.add(() => ended.push('c'));
  assert.equal(cutOff.isOver, false);
  cutOff.now();
  cutOff.now();
  callOff();
  assert.equal(cutOff.isOver, true);
  assert.deepEqual(ended, ['a', 'c']);
});
