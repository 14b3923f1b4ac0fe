import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus } from '../../test/running-bus.ts';

const EventPattern = '{"source":["a"]}';

test('serialization: no rules are an empty list; a rule is shown without its creator', async (t) => {
  const bus = await startTestBus(t);
  assert.deepEqual((await bus.call('ListRules', {})).json, { Rules: [] });
  await bus.call('PutRule', { Name: 'r', EventPattern });
  assert.deepEqual((await bus.call('ListRules', {})).json, {
    Rules: [
      {
        Name: 'r',
        Arn: 'arn:aws:events:eu-central-1:111111111111:rule/r',
        EventPattern,
        State: 'ENABLED',
        EventBusName: 'default',
      },
    ],
  });
});

test('validation: an unknown bus is refused', async (t) => {
  const bus = await startTestBus(t);
  const { json } = await bus.call('ListRules', { EventBusName: 'nope' });
  assert.equal(json.message, 'Event bus nope does not exist.');
});

test('behaviour: pages in order of names, 100 unless a limit is given; a prefix picks', async (t) => {
  const bus = await startTestBus(t);
  for (let n = 0; n < 120; n++) {
    await bus.call('PutRule', { Name: `r${String(n).padStart(3, '0')}`, EventPattern });
  }
  const first = (await bus.call('ListRules', {})).json;
  assert.equal((first.Rules as unknown[]).length, 100);
  const rest = (await bus.call('ListRules', { NextToken: first.NextToken })).json;
  assert.deepEqual((rest.Rules as { Name: string }[]).map(({ Name }) => Name).at(0), 'r100');
  assert.equal((rest.Rules as unknown[]).length, 20);
  assert.equal(rest.NextToken, undefined);
  const picked = (await bus.call('ListRules', { NamePrefix: 'r11' })).json;
  assert.equal((picked.Rules as unknown[]).length, 10);
});
