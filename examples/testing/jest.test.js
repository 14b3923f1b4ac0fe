// Jest runs ES modules with: node --experimental-vm-modules node_modules/jest/bin/jest.js
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createTestBus } from 'busbar/testkit';

const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:reports';

let bus;

beforeEach(async () => {
  bus = await createTestBus({ startsAt: new Date('2026-01-02T20:00:00Z') });
});

afterEach(() => bus.close());

test('a report is asked for every night', async () => {
  await bus.rule('nightly', { scheduleExpression: 'cron(0 0 * * ? *)', targets: [QUEUE] });
  await bus.clock.advance('3d');
  expect(bus.delivered.map(({ at }) => at.toISOString().slice(0, 10))).toEqual([
    '2026-01-03',
    '2026-01-04',
    '2026-01-05',
  ]);
});
