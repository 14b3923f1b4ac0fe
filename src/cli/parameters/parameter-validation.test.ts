import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseJson } from './json-text.ts';
import { validateParameters } from './parameter-validation.ts';
import type { ParameterValue } from './parameter-value.ts';

const NOW = new Date(0);

function faults(text: string, shape: string): readonly string[] {
  const parameters = parseJson(text) as ReadonlyMap<string, ParameterValue>;
  try {
    validateParameters(parameters, shape, NOW);
    return [];
  } catch (error) {
    assert.ok(error instanceof Error);
    assert.equal('exitCode' in error && error.exitCode, 252);
    const [title, ...lines] = error.message.split('\n');
    assert.equal(title, 'Parameter validation failed:');
    return lines;
  }
}

test('required members first, then unknown ones, then what is inside', () => {
  assert.deepEqual(faults('{"Targets":[{"Foo":1,"Arn":2}],"Bar":1}', 'PutTargetsRequest'), [
    'Missing required parameter in input: "Rule"',
    'Unknown parameter in input: "Bar", must be one of: Rule, EventBusName, Targets',
    'Missing required parameter in Targets[0]: "Id"',
    `Unknown parameter in Targets[0]: "Foo", must be one of: ${TARGET_MEMBERS}`,
    "Invalid type for parameter Targets[0].Arn, value: 2, type: <class 'int'>, valid types: <class 'str'>",
  ]);
});

const TARGET_MEMBERS =
  'Id, Arn, RoleArn, Input, InputPath, InputTransformer, KinesisParameters, RunCommandParameters, ' +
  'EcsParameters, BatchParameters, SqsParameters, HttpParameters, RedshiftDataParameters, ' +
  'SageMakerPipelineParameters, DeadLetterConfig, RetryPolicy, AppSyncParameters';

test('each kind has its text', () => {
  assert.deepEqual(
    faults(
      '{"Entries":[{"Source":1,"Resources":"x","Detail":{"a":[1.0,null]},"Time":[1]},3],"EndpointId":true}',
      'PutEventsRequest',
    ),
    [
      "Invalid type for parameter Entries[0].Source, value: 1, type: <class 'int'>, valid types: <class 'str'>",
      "Invalid type for parameter Entries[0].Resources, value: x, type: <class 'str'>, valid types: <class 'list'>, <class 'tuple'>",
      "Invalid type for parameter Entries[0].Detail, value: OrderedDict([('a', [1.0, None])]), type: <class 'collections.OrderedDict'>, valid types: <class 'str'>",
      "Invalid type for parameter Entries[0].Time, value: [1], type: <class 'list'>, valid types: <class 'datetime.datetime'>, timestamp-string",
      "Invalid type for parameter Entries[1], value: 3, type: <class 'int'>, valid types: <class 'dict'>",
      "Invalid type for parameter EndpointId, value: True, type: <class 'bool'>, valid types: <class 'str'>",
    ],
  );
  assert.deepEqual(faults('{"Name":"r","Force":"yes"}', 'DeleteRuleRequest'), [
    "Invalid type for parameter Force, value: yes, type: <class 'str'>, valid types: <class 'bool'>",
  ]);
  assert.deepEqual(faults('{"Limit":"1"}', 'ListRulesRequest'), [
    "Invalid type for parameter Limit, value: 1, type: <class 'str'>, valid types: <class 'int'>",
  ]);
  assert.deepEqual(faults('{"Limit":1.0}', 'ListRulesRequest'), [
    "Invalid type for parameter Limit, value: 1.0, type: <class 'float'>, valid types: <class 'int'>",
  ]);
});

test('minimums are checked; maximums, patterns and enums are left to the service', () => {
  assert.deepEqual(faults('{"Name":""}', 'DeleteRuleRequest'), [
    'Invalid length for parameter Name, value: 0, valid min length: 1',
  ]);
  assert.deepEqual(faults('{"Limit":0}', 'ListRulesRequest'), [
    'Invalid value for parameter Limit, value: 0, valid min value: 1',
  ]);
  assert.deepEqual(faults('{"Entries":[]}', 'PutEventsRequest'), [
    'Invalid length for parameter Entries, value: 0, valid min length: 1',
  ]);
  assert.deepEqual(faults(`{"Name":"${'x'.repeat(100)} !","State":"NO"}`, 'PutRuleRequest'), []);
  assert.deepEqual(faults('{"Limit":101}', 'ListRulesRequest'), []);
});

test('maps: keys and values, each with its path', () => {
  const target = '"Rule":"r","Targets":[{"Id":"1","Arn":"a","InputTransformer":';
  assert.deepEqual(
    faults(`{${target}{"InputTemplate":"x","InputPathsMap":{"":"p","k":1}}}]}`, 'PutTargetsRequest'),
    [
      'Invalid length for parameter Targets[0].InputTransformer.InputPathsMap (key: ), value: 0, valid min length: 1',
      "Invalid type for parameter Targets[0].InputTransformer.InputPathsMap.k, value: 1, type: <class 'int'>, valid types: <class 'str'>",
    ],
  );
  assert.deepEqual(faults(`{${target}{"InputTemplate":"x","InputPathsMap":[]}}]}`, 'PutTargetsRequest'), [
    "Invalid type for parameter Targets[0].InputTransformer.InputPathsMap, value: [], type: <class 'list'>, valid types: <class 'dict'>",
  ]);
});

test('valid parameters pass, booleans for integers included', () => {
  assert.deepEqual(faults('{"Entries":[{"Time":true,"Source":"a"}]}', 'PutEventsRequest'), []);
  assert.deepEqual(faults('{"Limit":true}', 'ListRulesRequest'), []);
});
