// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the variables of policies look like that
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { refuseAccess } from './access.ts';
import { type AccessRequest, evaluatePolicy, type Verdict } from './evaluate-policy.ts';
import { parsePolicy } from './parse-policy.ts';
import type { Condition, Effect, Policy, Statement } from './policy.ts';

const BUS = 'arn:aws:events:us-east-1:123456789012:event-bus/central';
const OTHER = '111122223333';

const open = { Effect: 'Allow', Principal: '*', Action: 'events:PutEvents', Resource: BUS };

function policyOf(...statements: readonly object[]): Policy {
  return parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements }));
}

function request(
  keys: AccessRequest['keys'] = {},
  change: Partial<Pick<AccessRequest, 'caller' | 'action' | 'resource'>> = {},
): AccessRequest {
  const caller = { account: OTHER, arn: `arn:aws:iam::${OTHER}:root` };
  return { caller, action: 'events:PutEvents', resource: BUS, keys, ...change };
}

function verdict(statement: object, keys: AccessRequest['keys'] = {}): Verdict {
  return evaluatePolicy(policyOf({ ...open, ...statement }), request(keys));
}

test('principals: an account by number or root, a role, a service, anybody, several', () => {
  const cases: readonly (readonly [unknown, Verdict])[] = [
    ['*', 'allowed'],
    [{ AWS: '*' }, 'allowed'],
    [{ AWS: OTHER }, 'allowed'],
    [{ AWS: `arn:aws:iam::${OTHER}:root` }, 'allowed'],
    [{ AWS: ['999999999999', OTHER] }, 'allowed'],
    [{ AWS: '999999999999' }, 'silent'],
    [{ AWS: `arn:aws:iam::${OTHER}:role/one` }, 'silent'],
    [{ Service: 'events.amazonaws.com' }, 'silent'],
    [{ Federated: OTHER, CanonicalUser: OTHER }, 'silent'],
  ];
  for (const [Principal, expected] of cases) {
    assert.equal(verdict({ Principal }), expected, JSON.stringify(Principal));
  }
  const role = `arn:aws:iam::${OTHER}:role/one`;
  const policy = policyOf({ ...open, Principal: { AWS: role } });
  assert.equal(evaluatePolicy(policy, request({}, { caller: { account: OTHER, arn: role } })), 'allowed');
  const service = policyOf({ ...open, Principal: { Service: 'events.amazonaws.com' } });
  assert.equal(
    evaluatePolicy(service, request({}, { caller: { service: 'events.amazonaws.com' } })),
    'allowed',
  );
});

test('actions: wildcards, without regard to case', () => {
  for (const Action of [
    'events:*',
    '*',
    'EVENTS:putevents',
    'events:Put?vents',
    ['a:b', 'events:PutEvents'],
  ]) {
    assert.equal(verdict({ Action }), 'allowed', String(Action));
  }
  for (const Action of ['events:Put', 'sqs:*', 'events:PutEvents?']) {
    assert.equal(verdict({ Action }), 'silent', Action);
  }
  assert.equal(verdict({ Action: undefined, NotAction: 'events:Delete*' }), 'allowed');
  assert.equal(verdict({ Action: undefined, NotAction: 'events:Put*' }), 'silent');
});

test('resources: wildcards, with regard to case, and variables', () => {
  for (const Resource of [
    '*',
    'arn:aws:events:*:123456789012:event-bus/*',
    BUS.replace('central', '${a:b}'),
  ]) {
    assert.equal(verdict({ Resource }, { 'a:b': 'central' }), 'allowed', Resource);
  }
  for (const Resource of [BUS.replace('central', 'Central'), `${BUS}/*`, '${no:such}']) {
    assert.equal(verdict({ Resource }), 'silent', Resource);
  }
  assert.equal(verdict({ Resource: undefined, NotResource: BUS }), 'silent');
});

test('a Deny wins over every Allow', () => {
  const policy = policyOf(
    {
      ...open,
      Effect: 'Deny',
      Condition: { ArnEquals: { 'aws:SourceArn': 'arn:aws:events:us-west-2:*:*' } },
    },
    open,
  );
  const from = (region: string) => ({ 'aws:SourceArn': `arn:aws:events:${region}:${OTHER}:rule/r` });
  assert.equal(evaluatePolicy(policy, request(from('us-west-2'))), 'denied');
  assert.equal(evaluatePolicy(policy, request(from('eu-west-1'))), 'allowed');
  assert.equal(evaluatePolicy(policy, request()), 'allowed');
});

test('Deny with NotPrincipal spares whom it names', () => {
  const deny = { ...open, Effect: 'Deny', Principal: undefined };
  const sparing = (account: string) => policyOf(open, { ...deny, NotPrincipal: { AWS: account } });
  assert.equal(evaluatePolicy(sparing(OTHER), request()), 'allowed');
  assert.equal(evaluatePolicy(sparing('999999999999'), request()), 'denied');
});

// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html
test("conditions: the tables of EventBridge's own page", () => {
  const source = (...values: string[]) => ({ 'events:source': values });
  const ec2 = { StringEquals: { 'events:source': 'aws.ec2' } };
  const either = { StringEquals: { 'events:source': ['aws.ec2', 'aws.ecs'] } };
  const given = { Null: { 'events:source': 'false' } };
  const all = { 'ForAllValues:StringEquals': { 'events:source': ['aws.ec2', 'aws.s3'] }, ...given };
  const some = { 'ForAnyValue:StringEquals': { 'events:source': ['aws.ec2'] } };
  const cases: readonly (readonly [object, AccessRequest['keys'], Verdict])[] = [
    [ec2, source('aws.ec2'), 'allowed'],
    [ec2, source('aws.s3'), 'silent'],
    [ec2, source('aws.ec2', 'aws.s3'), 'silent'],
    [ec2, {}, 'silent'],
    [either, source('aws.ecs'), 'allowed'],
    [either, source('aws.ec2', 'aws.ecs'), 'silent'],
    [given, source('aws.ec2', 'aws.ecs'), 'allowed'],
    [given, {}, 'silent'],
    [all, source('aws.ec2', 'aws.s3'), 'allowed'],
    [all, source('aws.ec2', 'aws.autoscaling'), 'silent'],
    [all, {}, 'silent'],
    [some, source('aws.s3', 'aws.ec2'), 'allowed'],
    [some, source('aws.s3'), 'silent'],
    [some, {}, 'silent'],
  ];
  for (const [Condition, keys, expected] of cases) {
    assert.equal(verdict({ Condition }, keys), expected, JSON.stringify([Condition, keys]));
  }
});

test('conditions: each operator', () => {
  const cases: readonly (readonly [string, string, string, boolean])[] = [
    ['StringEquals', 'a*', 'ab', false],
    ['StringNotEquals', 'a', 'b', true],
    ['StringEqualsIgnoreCase', 'Ab', 'aB', true],
    ['StringNotEqualsIgnoreCase', 'Ab', 'aB', false],
    ['StringLike', 'com.*.shop', 'com.example.shop', true],
    ['StringNotLike', 'com.*', 'org.x', true],
    ['ArnLike', 'arn:aws:events:*:1:rule/*', 'arn:aws:events:us-east-1:1:rule/a/b', true],
    ['ArnLike', 'arn:aws:*:1:rule/r', 'arn:aws:events:us-east-1:1:rule/r', false],
    ['ArnEquals', 'arn:aws:events:*:1:rule/r', 'arn:aws:events:x:1:rule/r', true],
    ['ArnLike', '*', 'arn:aws:events:x:1:rule/r', true],
    ['ArnNotLike', 'arn:aws:events:*:1:*', 'arn:aws:events:x:2:rule/r', true],
    ['ArnNotEquals', '*', 'arn:aws:events:x:2:rule/r', false],
    ['ArnLike', 'arn:aws:iam::${aws:PrincipalAccount}:*', `arn:aws:iam::${OTHER}:root`, true],
    ['Bool', 'true', 'TRUE', true],
    ['Bool', 'false', 'true', false],
    ['Bool', 'yes', 'yes', false],
    ['NumericLessThan', '10', '9', true],
    ['NumericGreaterThanEquals', '10', '9.5', false],
    ['NumericNotEquals', '10', 'ten', false],
    ['NumericEquals', '10', '10.0', true],
    ['DateGreaterThan', '2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z', true],
    ['DateLessThan', '1767225600', '2025-12-31T23:59:59Z', true],
    ['DateLessThan', 'some day', '2025-12-31T23:59:59Z', false],
    ['StringEquals', '${aws:PrincipalAccount}', OTHER, true],
    ['StringEqualsIfExists', 'a', 'b', false],
  ];
  for (const [operator, wanted, actual, holds] of cases) {
    const Condition = { [operator]: { 'X:key': wanted } };
    const expected = holds ? 'allowed' : 'silent';
    assert.equal(verdict({ Condition }, { 'x:KEY': actual }), expected, JSON.stringify(Condition));
  }
});

test('conditions: a key that the request does not have', () => {
  const absent = (operator: string, value: unknown = 'a') =>
    verdict({ Condition: { [operator]: { k: value } } });
  assert.equal(absent('StringEquals'), 'silent');
  assert.equal(absent('StringNotEquals'), 'allowed');
  assert.equal(absent('StringEqualsIfExists'), 'allowed');
  assert.equal(absent('ForAllValues:StringEquals'), 'allowed');
  assert.equal(absent('ForAnyValue:StringEquals'), 'silent');
  assert.equal(absent('ForAnyValue:StringNotEquals'), 'silent');
  assert.equal(absent('BoolIfExists', true), 'allowed');
  assert.equal(absent('Null', true), 'allowed');
  assert.equal(absent('StringEquals', '${aws:nothing}'), 'silent');
});

test('policies of 2008 know no variables', () => {
  const Condition = { StringEquals: { k: '${aws:PrincipalAccount}' } };
  const policy = parsePolicy(JSON.stringify({ Statement: { ...open, Condition } }));
  assert.equal(evaluatePolicy(policy, request({ k: OTHER })), 'silent');
  assert.equal(evaluatePolicy(policy, request({ k: '${aws:PrincipalAccount}' })), 'allowed');
});

test('a value without end goes against the caller', () => {
  const long = { k: 'a'.repeat(1_000_000) };
  assert.equal(verdict({ Condition: { StringLike: { k: '*a'.repeat(1000) } } }, long), 'silent');
  assert.equal(verdict({ Effect: 'Deny', Condition: { StringLike: { k: 'b' } } }, long), 'denied');
});

const operator = fc.oneof(
  fc.constantFrom('StringEquals', 'StringNotLike', 'ArnLike', 'Bool', 'NumericLessThan', 'Null'),
  fc.string({ maxLength: 6 }),
);
const condition: fc.Arbitrary<Condition> = fc.record({
  operator: fc
    .tuple(fc.constantFrom('', 'ForAllValues:', 'ForAnyValue:', 'x:'), operator)
    .map((p) => p.join('')),
  key: fc.constantFrom('k', 'l'),
  values: fc.array(fc.constantFrom('a', '*', 'true', '1', '${aws:no}', '${l}'), {
    minLength: 1,
    maxLength: 2,
  }),
});
const selection = <T>(...values: readonly T[]) =>
  fc.record({
    except: fc.boolean(),
    values: fc.array(fc.constantFrom(...values), { minLength: 1, maxLength: 2 }),
  });
const statements = (effect: fc.Arbitrary<Effect>): fc.Arbitrary<Statement> =>
  fc.record({
    sid: fc.constant(undefined),
    effect,
    principals: selection({ kind: 'AWS', value: OTHER }, { kind: '*', value: '*' }),
    actions: selection('events:*', 'events:PutEvents', 'sqs:*'),
    resources: selection(BUS, '*', 'arn:*'),
    conditions: fc.array(condition, { maxLength: 2 }),
  });
const keys = fc.dictionary(
  fc.constantFrom('k', 'l'),
  fc.array(fc.constantFrom('a', 'true', '1', ''), { maxLength: 2 }),
);
const several = fc.array(statements(fc.constantFrom<Effect>('Allow', 'Deny')), { maxLength: 4 });

function evaluate(list: readonly Statement[], values: AccessRequest['keys']): Verdict {
  return evaluatePolicy({ version: '2012-10-17', statements: list }, request(values));
}

test('the order of statements does not matter', () => {
  fc.assert(
    fc.property(several, keys, (list, values) => {
      assert.equal(evaluate([...list].reverse(), values), evaluate(list, values));
    }),
  );
});

test('a further Deny never opens, a further Allow never closes', () => {
  const rank = (value: Verdict) => ['denied', 'silent', 'allowed'].indexOf(value);
  const deny = statements(fc.constant<Effect>('Deny'));
  const allow = statements(fc.constant<Effect>('Allow'));
  fc.assert(
    fc.property(several, keys, deny, allow, (list, values, closing, opening) => {
      const before = evaluate(list, values);
      const closed = evaluate([...list, closing], values);
      assert.ok(closed === before || closed === 'denied');
      assert.ok(rank(evaluate([...list, opening], values)) >= rank(before));
    }),
  );
});

test('without an Allow nothing is allowed, and a further condition never opens', () => {
  fc.assert(
    fc.property(several, keys, condition, (list, values, further) => {
      if (list.every(({ effect }) => effect === 'Deny')) assert.notEqual(evaluate(list, values), 'allowed');
      const narrowed = list.map((statement) =>
        statement.effect === 'Allow'
          ? { ...statement, conditions: [...statement.conditions, further] }
          : statement,
      );
      if (evaluate(narrowed, values) === 'allowed') assert.equal(evaluate(list, values), 'allowed');
    }),
  );
});

test('an operator that nobody knows never allows', () => {
  const unknown = fc.string().filter((name) => !/^(For|String|Arn|Bool|Numeric|Date|Null)/.test(name));
  fc.assert(
    fc.property(unknown, keys, (name, values) => {
      const conditions = [{ operator: name, key: 'k', values: ['a'] }];
      const statement = policyOf(open).statements[0];
      assert.ok(statement !== undefined);
      assert.equal(evaluate([{ ...statement, conditions }], values), 'silent');
      assert.equal(evaluate([statement, { ...statement, effect: 'Deny', conditions }], values), 'denied');
    }),
  );
});

test("access: the owner needs no Allow, and a Deny stops it; the refusals are AWS's", () => {
  const owner = '123456789012';
  const own = request({}, { caller: { account: owner, arn: `arn:aws:iam::${owner}:root` } });
  const denying = policyOf({ ...open, Effect: 'Deny' });
  assert.equal(refuseAccess(own, { owner, policy: undefined }), undefined);
  assert.equal(refuseAccess(request(), { owner, policy: policyOf(open) }), undefined);
  assert.equal(
    refuseAccess(request(), { owner, policy: undefined }),
    `User: arn:aws:iam::${OTHER}:root is not authorized to perform: events:PutEvents on resource: ${BUS} because no resource-based policy allows the events:PutEvents action`,
  );
  assert.equal(
    refuseAccess(own, { owner, policy: denying }),
    `User: arn:aws:iam::${owner}:root is not authorized to perform: events:PutEvents on resource: ${BUS} with an explicit deny in a resource-based policy`,
  );
});
