import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { InvalidPolicyError, parsePolicy } from './parse-policy.ts';

const statement = {
  Sid: 's',
  Effect: 'Allow',
  Principal: { AWS: ['111111111111', 'arn:aws:iam::222222222222:root'] },
  Action: 'events:PutEvents',
  Resource: '*',
};

function policy(...statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

test('reads a policy with single values and lists alike', () => {
  const Condition = { Bool: { 'events:eventBusInvocation': false }, StringEquals: { 'a:B': ['x', 'y'] } };
  const { version, statements } = parsePolicy(policy({ ...statement, Condition }));
  assert.equal(version, '2012-10-17');
  assert.deepEqual(statements, [
    {
      sid: 's',
      effect: 'Allow',
      principals: {
        except: false,
        values: [
          { kind: 'AWS', value: '111111111111' },
          { kind: 'AWS', value: 'arn:aws:iam::222222222222:root' },
        ],
      },
      actions: { except: false, values: ['events:PutEvents'] },
      resources: { except: false, values: ['*'] },
      conditions: [
        { operator: 'Bool', key: 'events:eventbusinvocation', values: ['false'] },
        { operator: 'StringEquals', key: 'a:b', values: ['x', 'y'] },
      ],
    },
  ]);
});

test('a policy without a version is one of 2008, and a lone statement needs no list', () => {
  const { version, statements } = parsePolicy(JSON.stringify({ Statement: statement }));
  assert.equal(version, '2008-10-17');
  assert.equal(statements.length, 1);
});

test('what the grammar forbids is refused with a reason', () => {
  const refusals: readonly (readonly [string, string])[] = [
    ['{', 'This policy contains invalid Json'],
    ['[]', 'Syntax errors in policy.'],
    ['{"Version":"2012-10-17"}', 'Missing required field Statement'],
    ['{"Version":"2012-10-17","Statement":[]}', 'Missing required field Statement'],
    [
      JSON.stringify({ Version: '2020-01-01', Statement: [statement] }),
      'The policy must contain a valid version string',
    ],
    ['{"Statment":[]}', 'Unknown field Statment'],
    [policy({ ...statement, Effect: undefined }), 'Missing required field Effect'],
    [policy({ ...statement, Effect: 'allow' }), 'Invalid effect: allow'],
    [policy({ ...statement, Principal: undefined }), 'Missing required field Principal'],
    [policy({ ...statement, Action: undefined }), 'Missing required field Action'],
    [policy({ ...statement, Resource: [] }), 'Missing required field Resource'],
    [policy({ ...statement, Principals: '*' }), 'Unknown field Principals'],
    [policy({ ...statement, Principal: { AWS: '11' } }), 'Invalid principal in policy: "AWS":"11"'],
    [policy({ ...statement, Principal: { Robot: 'x' } }), 'Unknown field Robot'],
    [
      policy({ ...statement, Principal: undefined, NotPrincipal: '*' }),
      'Allow with NotPrincipal is not allowed.',
    ],
    [policy({ ...statement, NotAction: 'x' }), 'Syntax errors in policy.'],
    [
      policy({ ...statement, Condition: { StringEquls: { a: 'b' } } }),
      'Invalid Condition type : StringEquls',
    ],
    [policy({ ...statement, Condition: { StringEquals: { a: {} } } }), 'Syntax errors in policy.'],
    [policy(statement, statement), 'Statement IDs (SID) must be unique.'],
  ];
  for (const [text, message] of refusals) {
    assert.throws(() => parsePolicy(text), { name: 'InvalidPolicyError', message }, text);
  }
});

test('whatever the text, it is a policy or an InvalidPolicyError', () => {
  const key = fc.constantFrom(
    'Version',
    'Statement',
    'Effect',
    'Principal',
    'Action',
    'Resource',
    'Condition',
  );
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      fc.constantFrom(null, true, 1, '*', 'Allow', 'Deny', '2012-10-17', '__proto__'),
      fc.array(tie('any'), { maxLength: 2 }),
      fc.dictionary(key, tie('any'), { maxKeys: 5 }),
    ),
  })).any;
  fc.assert(
    fc.property(value, (any) => {
      try {
        parsePolicy(JSON.stringify(any));
      } catch (error) {
        assert.ok(error instanceof InvalidPolicyError);
      }
    }),
    { numRuns: 2000 },
  );
});
