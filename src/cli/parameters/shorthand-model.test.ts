import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shapeOf } from '../../api-model/api-model.ts';
import type { ParameterValue } from './parameter-value.ts';
import { shorthandByModel, takesShorthand } from './shorthand-model.ts';

function map(members: Readonly<Record<string, ParameterValue>>): ParameterValue {
  return new Map(Object.entries(members));
}

test('texts become what the model asks for', () => {
  assert.deepEqual(
    shorthandByModel([map({ Resources: 'r1', Source: 's', Unknown: '1' })], 'PutEventsRequestEntryList'),
    [map({ Resources: ['r1'], Source: 's', Unknown: '1' })],
  );
  assert.deepEqual(
    shorthandByModel(map({ Resources: '' }), 'PutEventsRequestEntry'),
    map({ Resources: [''] }),
  );
  assert.deepEqual(shorthandByModel(map({ Resources: [] }), 'PutEventsRequestEntry'), map({ Resources: [] }));
  assert.deepEqual(
    shorthandByModel(
      map({
        RetryPolicy: map({ MaximumRetryAttempts: ' 1_0 ' }),
        EcsParameters: map({ EnableECSManagedTags: 'TRUE', EnableExecuteCommand: 'maybe' }),
        InputTransformer: map({ InputPathsMap: map({ a: '$.b' }) }),
      }),
      'Target',
    ),
    map({
      RetryPolicy: map({ MaximumRetryAttempts: 10n }),
      EcsParameters: map({ EnableECSManagedTags: true, EnableExecuteCommand: 'maybe' }),
      InputTransformer: map({ InputPathsMap: map({ a: '$.b' }) }),
    }),
  );
});

test('integers and booleans that can be none fail as in the AWS CLI', () => {
  const retries = (value: ParameterValue) => map({ RetryPolicy: map({ MaximumRetryAttempts: value }) });
  assert.throws(() => shorthandByModel(retries('abc'), 'Target'), {
    exitCode: 255,
    message: "invalid literal for int() with base 10: 'abc'",
  });
  assert.throws(() => shorthandByModel(retries(['1']), 'Target'), {
    exitCode: 255,
    message: "int() argument must be a string, a bytes-like object or a real number, not 'list'",
  });
  assert.throws(
    () => shorthandByModel(map({ EcsParameters: map({ EnableExecuteCommand: ['a'] }) }), 'Target'),
    { exitCode: 255, message: "'list' object has no attribute 'lower'" },
  );
});

test('shorthand is for structures, maps and lists of these', () => {
  const taking = ['PutEventsRequestEntryList', 'RetryPolicy', 'TransformerPaths', 'TagList'];
  const not = ['TargetIdList', 'EventResourceList', 'RuleName', 'LimitMax100', 'Timestamp'];
  for (const name of taking) assert.equal(takesShorthand(shapeOf(name)), true, name);
  for (const name of not) assert.equal(takesShorthand(shapeOf(name)), false, name);
});
