import assert from 'node:assert/strict';
import { test } from 'node:test';
import { invocationOf, startKind, testRefusals, told } from '../../../test/aws-target-suite.ts';
import { createRedshiftDataTarget } from './redshift-data.ts';

const arn = 'arn:aws:redshift:eu-central-1:111111111111:cluster:orders';
const workgroup =
  'arn:aws:redshift-serverless:eu-central-1:111111111111:workgroup/01234567-89ab-cdef-0123-456789abcdef';
const secretManagerArn = 'arn:aws:secretsmanager:eu-central-1:111111111111:secret:s-abc';

test('a statement is executed on a cluster, under one name', async (t) => {
  const { kind, aws } = await startKind(t, createRedshiftDataTarget);
  const redshiftDataParameters = {
    database: 'shop',
    secretManagerArn,
    sql: 'insert into orders values (1)',
    statementName: 'orders',
    withEvent: true,
  };
  const invocation = invocationOf({ arn, redshiftDataParameters });
  assert.equal(told(await kind.invoke(invocation)), 'delivered');
  await kind.invoke(invocation);
  const [first, second] = aws.calls;
  assert.equal(first?.operation, 'ExecuteStatement');
  const { ClientToken, ...rest } = first?.input ?? {};
  assert.equal(ClientToken, second?.input['ClientToken']);
  assert.deepEqual(rest, {
    ClusterIdentifier: 'orders',
    Database: 'shop',
    SecretArn: secretManagerArn,
    Sql: 'insert into orders values (1)',
    StatementName: 'orders',
    WithEvent: true,
  });
});

test('several statements are executed on a serverless workgroup', async (t) => {
  const { kind, aws } = await startKind(t, createRedshiftDataTarget);
  const redshiftDataParameters = { database: 'shop', sqls: ['select 1', 'select 2'], withEvent: false };
  await kind.invoke(invocationOf({ arn: workgroup, redshiftDataParameters }));
  assert.equal(aws.calls[0]?.operation, 'BatchExecuteStatement');
  const { ClientToken, ...rest } = aws.calls[0]?.input ?? {};
  assert.match(String(ClientToken), /^[0-9a-f]{64}$/);
  assert.deepEqual(rest, {
    WorkgroupName: workgroup,
    Database: 'shop',
    Sqls: ['select 1', 'select 2'],
    WithEvent: false,
  });
});

test('each parameter may be a path into the event, as a whole', async (t) => {
  const { kind, aws } = await startKind(t, createRedshiftDataTarget);
  const redshiftDataParameters = { database: '$.detail.db', dbUser: '$.source', sql: '$.detail.sql' };
  const detail = '{"db":"shop","sql":"select \\"$.detail.db\\""}';
  await kind.invoke(invocationOf({ arn, redshiftDataParameters }, { detail }));
  const { Database, DbUser, Sql } = aws.calls[0]?.input ?? {};
  assert.deepEqual(
    { Database, DbUser, Sql },
    { Database: 'shop', DbUser: 'shop', Sql: 'select "$.detail.db"' },
  );
});

testRefusals('Redshift Data', {
  create: createRedshiftDataTarget,
  target: { arn, redshiftDataParameters: { database: 'shop', dbUser: 'u', sql: 'select 1' } },
  refusals: {
    missing: [['ResourceNotFoundException', 404]],
    denied: [['AccessDeniedException', 400]],
    refused: [['ValidationException', 400]],
    throttled: [
      ['ActiveStatementsExceededException', 400],
      ['ActiveSessionsExceededException', 400],
    ],
  },
});
