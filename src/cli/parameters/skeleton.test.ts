import assert from 'node:assert/strict';
import { test } from 'node:test';
import { operationsByCommand } from '../operations/operations-by-command.ts';
import { compactJson } from '../output/output-json.ts';
import { validateParameters } from './parameter-validation.ts';
import { inputSkeleton, outputSkeleton } from './skeleton.ts';

test('enums get one of their values, maps one key, numbers 0, booleans true', () => {
  assert.equal(
    compactJson(inputSkeleton('PutRuleRequest', () => 0.999)),
    '{"Name":"","ScheduleExpression":"","EventPattern":"","State":"ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS","Description":"","RoleArn":"","Tags":[{"Key":"","Value":""}],"EventBusName":""}',
  );
  assert.equal(
    compactJson(inputSkeleton('HttpParameters', () => 0)),
    '{"PathParameterValues":[""],"HeaderParameters":{"KeyName":""},"QueryStringParameters":{"KeyName":""}}',
  );
  assert.equal(
    compactJson(inputSkeleton('DeleteRuleRequest', () => 0)),
    '{"Name":"","EventBusName":"","Force":true}',
  );
  assert.equal(
    compactJson(inputSkeleton('RetryPolicy', () => 0)),
    '{"MaximumRetryAttempts":0,"MaximumEventAgeInSeconds":0}',
  );
});

test('texts of an output are the names of their members, those of lists the names of their shapes', () => {
  assert.equal(
    compactJson(outputSkeleton('ListRuleNamesByTargetResponse', 'json')),
    '{"RuleNames":["RuleName"],"NextToken":"NextToken"}',
  );
});

test('times of an output have a T, but none as text and in tables', () => {
  const timeAs = (format: string) => {
    const sample = outputSkeleton('CreateArchiveResponse', format);
    return sample instanceof Map ? sample.get('CreationTime') : undefined;
  };
  assert.equal(timeAs('json'), '1970-01-01T00:00:00');
  assert.equal(timeAs('text'), '1970-01-01 00:00:00');
  assert.equal(timeAs('table'), '1970-01-01 00:00:00');
});

test('every operation has skeletons, and of an input only minimums can be wrong', () => {
  for (const [name, operation] of operationsByCommand) {
    const sample = inputSkeleton(operation.input, () => 0);
    assert.ok(sample instanceof Map);
    try {
      validateParameters(sample, operation.input, new Date(0));
    } catch (error) {
      const [, ...faults] = (error as Error).message.split('\n');
      for (const fault of faults) assert.match(fault, /valid min (length|value)/, name);
    }
    if (operation.output !== undefined) outputSkeleton(operation.output, 'json');
  }
});
