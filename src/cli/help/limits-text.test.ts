import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limitsText } from './limits-text.ts';

test('limits of the API model as sentences', () => {
  for (const [shape, text] of [
    ['RuleName', '1 to 64 characters.'],
    ['RuleDescription', 'At most 512 characters.'],
    ['AccountId', '12 characters.'],
    ['PutEventsRequestEntryList', '1 to 10 items.'],
    ['TargetIdList', '1 to 100 items. Each: 1 to 64 characters.'],
    ['EndpointEventBusList', '2 items.'],
    ['LimitMax100', 'From 1 to 100.'],
    ['LimitMin1', 'At least 1.'],
    ['RetentionDays', 'At least 0.'],
    ['Level', 'One of OFF, ERROR, INFO, TRACE.'],
    ['String', ''],
    ['Boolean', ''],
    ['Target', ''],
  ] as const) {
    assert.equal(limitsText(shape), text, shape);
  }
});
