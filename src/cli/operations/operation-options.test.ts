import assert from 'node:assert/strict';
import { test } from 'node:test';
import { structureOf } from '../../api-model/api-model.ts';
import { inputMembers, operationNamed, operationOptions, optionName } from './operation-options.ts';
import { operationsByCommand } from './operations-by-command.ts';

function operation(name: string) {
  const found = operationsByCommand.get(name);
  assert.ok(found, name);
  return found;
}

test('names of the API as they are typed', () => {
  const names = {
    EventBusName: 'event-bus-name',
    ResourceARN: 'resource-arn',
    PutEvents: 'put-events',
    DescribeApiDestination: 'describe-api-destination',
    SourceARNs: 'source-arns',
    Id: 'id',
  };
  for (const [api, typed] of Object.entries(names)) assert.equal(optionName(api), typed);
});

test('all 57 operations are commands', () => {
  assert.equal(operationsByCommand.size, 57);
  for (const [name, found] of operationsByCommand) {
    assert.match(name, /^[a-z]+(-[a-z]+)+$/);
    assert.equal(operationNamed(name), found);
  }
  for (const no of ['', '-', 'help', 'PutEvents', 'putEvents', 'Put-events', 'put--events', 'put-events-'])
    assert.equal(operationNamed(no), undefined, no);
});

test('every member of an input has its option, in the model’s order, and no two share one', () => {
  for (const [name, found] of operationsByCommand) {
    const members = inputMembers(found);
    assert.deepEqual(
      members.map((member) => member.name),
      Object.keys(structureOf(found.input).members),
    );
    const flags = operationOptions(found, false).map((option) => option.flag);
    assert.equal(new Set(flags).size, flags.length, name);
  }
});

test('booleans have two flags, required members are required unless the input comes from elsewhere', () => {
  const flags = operationOptions(operation('delete-rule'), false).filter((option) => option.key === 'Force');
  assert.deepEqual(
    flags.map(({ flag, bare }) => [flag, bare]),
    [
      ['--force', true],
      ['--no-force', false],
    ],
  );
  const required = (lenient: boolean) =>
    operationOptions(operation('put-targets'), lenient)
      .filter((option) => option.required)
      .map((option) => option.flag);
  assert.deepEqual(required(false), ['--rule', '--targets']);
  assert.deepEqual(required(true), []);
});

test('only three operations have paging options', () => {
  const paged = [...operationsByCommand]
    .filter(([, found]) => operationOptions(found, false).some((option) => option.flag === '--max-items'))
    .map(([name]) => name);
  assert.deepEqual(paged, ['list-rule-names-by-target', 'list-rules', 'list-targets-by-rule']);
});
