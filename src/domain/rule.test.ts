import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Rule, scheduledFrom } from './rule.ts';

const hourly = { scheduleExpression: 'rate(1 hour)', state: 'ENABLED' } as const;

const before: Rule = {
  ...hourly,
  name: 'r',
  busName: 'default',
  scheduledFrom: 1000,
  createdBy: '111111111111',
  tags: [],
  targets: [],
};

test('a schedule counts from the creation of its rule', () => {
  assert.equal(scheduledFrom(hourly, undefined, 5000), 5000);
  assert.equal(scheduledFrom({ ...hourly, state: 'DISABLED' }, undefined, 5000), 5000);
});

test('it goes on when the rule stays as it was, or is disabled', () => {
  assert.equal(scheduledFrom(hourly, before, 5000), 1000);
  assert.equal(scheduledFrom({ ...hourly, state: 'DISABLED' }, before, 5000), 1000);
});

test('it counts anew when the rule is enabled, or gets another schedule', () => {
  assert.equal(scheduledFrom(hourly, { ...before, state: 'DISABLED' }, 5000), 5000);
  assert.equal(scheduledFrom({ ...hourly, scheduleExpression: 'rate(2 hours)' }, before, 5000), 5000);
  assert.equal(scheduledFrom(hourly, { ...before, scheduleExpression: undefined }, 5000), 5000);
});

test('without a schedule there is nothing to count', () => {
  assert.equal(scheduledFrom({ state: 'ENABLED' }, before, 5000), undefined);
  assert.equal(scheduledFrom({ state: 'ENABLED', scheduleExpression: '' }, before, 5000), undefined);
});
