import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HandClock } from '../domain/clock.ts';
import { noTimeline } from '../domain/timeline.ts';
import { Histogram } from './histogram.ts';
import { Metrics } from './metrics.ts';

test('a histogram counts what is no greater than each bound', () => {
  const values = new Histogram([1, 5]);
  for (const value of [0.5, 1, 3, 9]) values.observe(value);
  assert.deepEqual(values.buckets(), [
    [1, 2],
    [5, 3],
  ]);
  assert.deepEqual([values.sum, values.count], [13.5, 4]);
});

test('what is told to the timeline is counted, and told on', async () => {
  const told: string[] = [];
  const metrics = new Metrics({ ...noTimeline, received: ({ id }) => told.push(id) });
  const event = { id: 'e', busArn: 'b', receivedAt: 0, envelope: '{}' };
  const delivery = { event, owner: 'o', targetId: 't' };
  metrics.received(event, []);
  metrics.received(event, [{ arn: 'r', targets: [] }]);
  const attempt = { number: 1, targetArn: 'a', startedAt: 0, inputBytes: 2 };
  metrics.attempted(delivery, { ...attempt, endedAt: 40, outcome: 'retryable' });
  metrics.attempted(delivery, { ...attempt, endedAt: 9, outcome: 'delivered' });
  metrics.settled(delivery, { kind: 'retrying', dueAt: 1, error: { code: 'c', message: 'm' } }, 'a');
  metrics.settled(delivery, { kind: 'delivered' }, 'a');
  await metrics.timeAppend(async () => undefined, new HandClock(0));
  const text = metrics.text({ owed: 7, failed: 1, underWay: 2, storeFails: true });
  assert.deepEqual(told, ['e', 'e']);
  for (const line of [
    '# TYPE busbar_events_published_total counter',
    'busbar_events_published_total 2',
    'busbar_events_matched_total 1',
    'busbar_attempts_total{outcome="retryable"} 1',
    'busbar_deliveries_total{end="delivered"} 1',
    'busbar_deliveries_total{end="failed"} 0',
    'busbar_attempt_duration_seconds_bucket{le="0.01"} 1',
    'busbar_attempt_duration_seconds_bucket{le="+Inf"} 2',
    'busbar_attempt_duration_seconds_sum 0.049',
    'busbar_store_append_duration_seconds_count 1',
    'busbar_deliveries_owed 7',
    'busbar_deliveries_under_way 2',
    'busbar_store_failing 1',
  ]) {
    assert.ok(text.includes(`${line}\n`), `${line} is not in\n${text}`);
  }
});
