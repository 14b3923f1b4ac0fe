import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus, type TestBus } from '../../test/running-bus.ts';

const Arn = 'http://127.0.0.1:1/';

async function withRule(bus: TestBus): Promise<void> {
  await bus.call('PutRule', { Name: 'r', EventPattern: '{"source":["a"]}' });
}

async function targets(bus: TestBus): Promise<{ Id: string }[]> {
  return (await bus.call('ListTargetsByRule', { Rule: 'r' })).json.Targets as { Id: string }[];
}

test('serialization: nothing failed', async (t) => {
  const bus = await startTestBus(t);
  await withRule(bus);
  const { json } = await bus.call('PutTargets', { Rule: 'r', Targets: [{ Id: 'a', Arn }] });
  assert.deepEqual(json, { FailedEntryCount: 0, FailedEntries: [] });
});

test('validation: an unknown rule is refused', async (t) => {
  const bus = await startTestBus(t);
  const { json } = await bus.call('PutTargets', { Rule: 'r', Targets: [{ Id: 'a', Arn }] });
  assert.equal(json.message, 'Rule r does not exist on EventBus default.');
});

test('validation: a target that Busbar could not deliver to is refused with what it could', async (t) => {
  const bus = await startTestBus(t);
  await withRule(bus);
  const refusal = async (target: object) =>
    String((await bus.call('PutTargets', { Rule: 'r', Targets: [{ Id: 'a', ...target }] })).json.message);
  assert.equal(
    await refusal({ Arn: 'nowhere' }),
    'Parameter nowhere is not valid. Reason: Provided Arn is not in correct format.',
  );
  assert.match(
    await refusal({ Arn: 'arn:aws:mainframe:us-east-1:111111111111:x' }),
    /does not deliver to mainframe yet, only to .*SQS.*HTTP/,
  );
  assert.match(await refusal({ Arn: 'http://' }), /not in correct format/);
});

test('validation: inputs, paths and templates that could never work are refused, the whole call with them', async (t) => {
  const bus = await startTestBus(t);
  await withRule(bus);
  const refusal = async (target: object) => {
    const Targets = [
      { Id: 'fine', Arn },
      { Id: 'a', Arn, ...target },
    ];
    const { status, json } = await bus.call('PutTargets', { Rule: 'r', Targets });
    assert.equal(status, 400);
    assert.equal(json.__type, 'ValidationException');
    return String(json.message);
  };
  const transformer = (InputTemplate: string, InputPathsMap: object) => ({
    InputTransformer: { InputTemplate, InputPathsMap },
  });
  assert.equal(
    await refusal({ Input: '{}', InputPath: '$.detail' }),
    'Only one of Input, InputPath, or InputTransformer must be provided for target a.',
  );
  assert.match(await refusal({ Input: 'not-json' }), /^JSON syntax error in input for target a: /);
  assert.equal(await refusal({ InputPath: '$..a' }), 'InputPath for target a is invalid.');
  assert.equal(
    await refusal(transformer('"<b>"', { a: '$.a' })),
    'InputTemplate for target a contains invalid placeholder b.',
  );
  assert.match(await refusal(transformer('hello', {})), /^Invalid InputTemplate for target a : /);
  assert.deepEqual(await targets(bus), []);
});

test('validation: the limits of templates and paths', async (t) => {
  const bus = await startTestBus(t);
  await withRule(bus);
  const put = async (target: object) =>
    bus.call('PutTargets', { Rule: 'r', Targets: [{ Id: 'a', Arn, ...target }] });
  const transformer = (InputTemplate: string, InputPathsMap = {}) => ({
    InputTransformer: { InputTemplate, InputPathsMap },
  });
  const paths = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, n) => [`p${n}`, '$']));
  for (const target of [
    { Input: `"${'x'.repeat(8190)}"` },
    { InputPath: `$.${'x'.repeat(254)}` },
    transformer(`"${'x'.repeat(8190)}"`),
    transformer('"x"', paths(100)),
    transformer('"x"', { ['k'.repeat(256)]: `$.${'x'.repeat(254)}` }),
  ]) {
    assert.equal((await put(target)).status, 200);
  }
  for (const target of [
    { Input: `"${'x'.repeat(8191)}"` },
    { InputPath: `$.${'x'.repeat(255)}` },
    transformer(''),
    transformer(`"${'x'.repeat(8191)}"`),
    transformer('"x"', paths(101)),
    transformer('"x"', { ['k'.repeat(257)]: '$' }),
    transformer('"x"', { k: `$.${'x'.repeat(255)}` }),
    transformer('"x"', { '': '$' }),
    transformer('"x"', { 'a.b': '$' }),
  ]) {
    const { status, json } = await put(target);
    assert.equal(status, 400);
    assert.match(String(json.message), /^1 validation error detected: /);
  }
});

test('serialization: what was put is listed as it was', async (t) => {
  const bus = await startTestBus(t);
  await withRule(bus);
  const Targets = [
    { Id: 'path', Arn, InputPath: '$.detail.items[*]' },
    {
      Id: 'template',
      Arn,
      InputTransformer: { InputPathsMap: { b: '$.b', a: '$.a' }, InputTemplate: '"<a>"' },
    },
    { Id: 'no-paths', Arn, InputTransformer: { InputTemplate: '{"a": <b>}' } },
  ];
  assert.equal((await bus.call('PutTargets', { Rule: 'r', Targets })).status, 200);
  assert.deepEqual(await targets(bus), Targets);
});

test('behaviour: an Id that is there already is replaced where it stands; others follow in order', async (t) => {
  const bus = await startTestBus(t);
  await withRule(bus);
  await bus.call('PutTargets', {
    Rule: 'r',
    Targets: [
      { Id: 'z', Arn },
      { Id: 'a', Arn },
    ],
  });
  await bus.call('PutTargets', {
    Rule: 'r',
    Targets: [
      { Id: 'm', Arn },
      { Id: 'z', Arn, Input: '{}' },
    ],
  });
  assert.deepEqual(await targets(bus), [
    { Id: 'z', Arn, Input: '{}' },
    { Id: 'a', Arn },
    { Id: 'm', Arn },
  ]);
});

test('behaviour: five targets a rule; a call with more changes nothing', async (t) => {
  const bus = await startTestBus(t);
  await withRule(bus);
  const Targets = ['a', 'b', 'c', 'd', 'e', 'f'].map((Id) => ({ Id, Arn }));
  const { status, json } = await bus.call('PutTargets', { Rule: 'r', Targets });
  assert.equal(status, 400);
  assert.deepEqual(json, {
    __type: 'LimitExceededException',
    message: 'The requested resource exceeds the maximum number allowed.',
  });
  assert.deepEqual(await targets(bus), []);
});

test('behaviour: calls at the same time for the same rule lose none of each other', async (t) => {
  const bus = await startTestBus(t);
  await withRule(bus);
  const calls = ['a', 'b', 'c', 'd', 'e'].map((Id) =>
    bus.call('PutTargets', { Rule: 'r', Targets: [{ Id, Arn }] }),
  );
  for (const { status } of await Promise.all(calls)) assert.equal(status, 200);
  assert.deepEqual((await targets(bus)).map(({ Id }) => Id).sort(), ['a', 'b', 'c', 'd', 'e']);
});
