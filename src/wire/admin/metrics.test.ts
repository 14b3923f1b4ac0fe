import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askAdmin } from '../../../test/admin-client.ts';
import { startTestBus } from '../../../test/running-bus.ts';

test('figures come in the format of Prometheus', async (t) => {
  const bus = await startTestBus(t);
  const Entries = [{ Source: 'shop', DetailType: 't', Detail: '{}' }];
  await bus.call('PutEvents', { Entries });
  const response = await askAdmin(bus.url, '/_busbar/metrics');
  assert.match(response.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
  const text = await response.text();
  assert.match(text, /^busbar_events_published_total 1$/m);
  assert.match(text, /^busbar_events_matched_total 0$/m);
  assert.match(text, /^busbar_deliveries_owed 0$/m);
  // Every line is a comment or a sample.
  for (const line of text.trimEnd().split('\n'))
    assert.match(line, /^(# (HELP|TYPE) |\w+(\{\w+="[^"]*"\})? \S+$)/);
});
