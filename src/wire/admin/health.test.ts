import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus } from '../../../test/running-bus.ts';

test('health answers whoever asks, with what is owed', async (t) => {
  const bus = await startTestBus(t);
  const response = await fetch(new URL('/_busbar/health', bus.url));
  assert.equal(response.headers.get('content-type'), 'application/json');
  assert.deepEqual(await response.json(), { status: 'ok', deliveries: { owed: 0, failed: 0, underWay: 0 } });
});
