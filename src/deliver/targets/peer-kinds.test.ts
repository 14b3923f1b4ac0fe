import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Target } from '../../api-model/types.generated.ts';
import { createEgress } from '../egress.ts';
import { refuseTarget } from './kind-table.ts';
import { peerKinds } from './peer-kinds.ts';

const ROLE = 'arn:aws:iam::111111111111:role/invoke';
const AT = 'eu-central-1:111111111111';

function refusal(target: Omit<Target, 'id'>, installed: (name: string) => boolean = () => true): string {
  const rules = {
    egress: createEgress('all'),
    fileFolders: [],
    commands: [],
    reservedSubjects: [],
    isInstalled: installed,
  };
  return refuseTarget({ id: 't', ...target }, '111111111111', rules) ?? 'taken';
}

const UUID = '01234567-89ab-cdef-0123-456789abcdef';
const ecsParameters = { taskDefinitionArn: 'd' };
const batchParameters = { jobName: 'j', jobDefinition: 'd' };
const runCommandParameters = { runCommandTargets: [{ key: 'InstanceIds', values: ['i-1'] }] };
const redshiftDataParameters = { database: 'd', sql: 'select 1' };
const appSyncParameters = { graphQLOperation: 'query { a }' };

/** Each kind: ARNs that are taken, ARNs that are not, and what else such a target must have. */
const cases: Readonly<Record<string, { yes: string[]; no: string[]; needs?: Partial<Target> }>> = {
  ecs: {
    yes: [`arn:aws:ecs:${AT}:cluster/orders`],
    no: [`arn:aws:ecs:${AT}:service/orders`, `arn:aws:ecs:${AT}:cluster/a/b`, 'arn:aws:ecs:::cluster/orders'],
    needs: { ecsParameters },
  },
  batch: {
    yes: [`arn:aws:batch:${AT}:job-queue/orders`],
    no: [`arn:aws:batch:${AT}:job-definition/orders:1`],
    needs: { batchParameters },
  },
  codebuild: {
    yes: [`arn:aws:codebuild:${AT}:project/orders`],
    no: [`arn:aws:codebuild:${AT}:build/orders:1`],
  },
  codepipeline: {
    yes: [`arn:aws:codepipeline:${AT}:orders.main`],
    no: [`arn:aws:codepipeline:${AT}:orders/stage/action`],
  },
  glue: { yes: [`arn:aws:glue:${AT}:workflow/orders`], no: [`arn:aws:glue:${AT}:job/orders`] },
  'ssm document': {
    yes: [`arn:aws:ssm:${AT}:document/orders`, 'arn:aws:ssm:eu-central-1::document/AWS-RunShellScript'],
    no: [`arn:aws:ssm:${AT}:document/a/b`, 'arn:aws:ssm:::document/orders'],
    needs: { runCommandParameters },
  },
  'ssm automation-definition': {
    yes: [
      `arn:aws:ssm:${AT}:automation-definition/orders:$DEFAULT`,
      'arn:aws:ssm:eu-central-1::automation-definition/AWS-StopEC2Instance',
    ],
    no: [`arn:aws:ssm:${AT}:automation-definition/orders:x`],
  },
  'ssm opsitem': {
    yes: [`arn:aws:ssm:${AT}:opsitem`],
    no: [`arn:aws:ssm:${AT}:opsitem/oi-1`, 'arn:aws:ssm:eu-central-1::opsitem'],
  },
  redshift: {
    yes: [`arn:aws:redshift:${AT}:cluster:orders`],
    no: [`arn:aws:redshift:${AT}:cluster/orders`],
    needs: { redshiftDataParameters },
  },
  'redshift-serverless': {
    yes: [`arn:aws:redshift-serverless:${AT}:workgroup/${UUID}`],
    no: [`arn:aws:redshift-serverless:${AT}:workgroup/orders`],
    needs: { redshiftDataParameters },
  },
  sagemaker: {
    yes: [`arn:aws:sagemaker:${AT}:pipeline/orders`],
    no: [`arn:aws:sagemaker:${AT}:model/orders`],
  },
  inspector: {
    yes: [`arn:aws:inspector:${AT}:target/0-abc/template/0-def`],
    no: [`arn:aws:inspector:${AT}:target/0-abc`],
  },
  appsync: {
    yes: [`arn:aws:appsync:${AT}:endpoints/graphql-api/abc123`],
    no: [`arn:aws:appsync:${AT}:apis/abc123`, `arn:aws:appsync:${AT}:endpoints/graphql-api/evil.example`],
    needs: { appSyncParameters },
  },
  'execute-api': {
    yes: [
      `arn:aws:execute-api:${AT}:abc123/prod/POST/orders/*`,
      `arn:aws:execute-api:${AT}:abc123/$default/*/`,
      `arn:aws:execute-api:${AT}:abc123/prod/GET`,
    ],
    no: [
      `arn:aws:execute-api:${AT}:abc123`,
      `arn:aws:execute-api:${AT}:abc123/*/POST/orders`,
      `arn:aws:execute-api:${AT}:abc123/prod/TRACE/orders`,
      `arn:aws:execute-api:${AT}:evil.example/prod/POST/orders`,
      'arn:aws:execute-api:evil.example:111111111111:abc123/prod/POST/orders',
    ],
  },
};

test('every kind is tested', () => {
  assert.deepEqual(Object.keys(cases).sort(), peerKinds.map(([name]) => name).sort());
});

for (const [name, { yes, no, needs = {} }] of Object.entries(cases)) {
  test(`${name}: ARNs that are taken, and ARNs that are not`, () => {
    for (const arn of yes) assert.equal(refusal({ arn, roleArn: ROLE, ...needs }), 'taken', arn);
    for (const arn of no) {
      const message = refusal({ arn, roleArn: ROLE, ...needs });
      assert.match(message, /^Parameter \S+ is not valid\. Reason: Provided Arn is not in correct format\.$/);
    }
  });

  test(`${name}: what it must have beside its ARN`, () => {
    const [arn = ''] = yes;
    const [parameters] = Object.keys(needs);
    if (parameters !== undefined) {
      const onWire = parameters.charAt(0).toUpperCase() + parameters.slice(1);
      assert.equal(
        refusal({ arn, roleArn: ROLE }),
        `Parameter(s) ${onWire} must be specified for target: t.`,
      );
    }
    const without = refusal({ arn, ...needs });
    const needsNone = ['execute-api', 'ssm opsitem'].includes(name);
    assert.equal(without, needsNone ? 'taken' : `RoleArn is required for target ${arn}.`);
  });

  test(`${name}: a package that is not installed is named`, () => {
    const [arn = ''] = yes;
    const asked: string[] = [];
    const message = refusal({ arn, roleArn: ROLE, ...needs }, (packageName) => {
      asked.push(packageName);
      return false;
    });
    if (['appsync', 'execute-api'].includes(name)) assert.equal(message, 'taken');
    else {
      assert.equal(asked.length, 1);
      assert.equal(
        message,
        `Parameter ${arn} is not valid. Reason: It needs a package that is not installed here: npm install ${asked[0]}`,
      );
    }
  });
}

test('Redshift wants one of Sql and Sqls', () => {
  const arn = `arn:aws:redshift:${AT}:cluster:orders`;
  const put = (parameters: object) =>
    refusal({ arn, roleArn: ROLE, redshiftDataParameters: { database: 'd', ...parameters } });
  const wrong = 'One of Sql and Sqls must be specified in RedshiftDataParameters for target: t.';
  assert.equal(put({}), wrong);
  assert.equal(put({ sqls: [] }), wrong);
  assert.equal(put({ sql: 'a', sqls: ['b'] }), wrong);
  assert.equal(put({ sqls: ['b'] }), 'taken');
});

test('every package that a kind needs is an optional peer of Busbar', () => {
  const { peerDependencies, peerDependenciesMeta } = JSON.parse(
    readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'),
  ) as Record<string, Record<string, { optional?: boolean }>>;
  for (const [, { packageName }] of peerKinds) {
    if (packageName === undefined) continue;
    assert.ok(peerDependencies?.[packageName], packageName);
    assert.equal(peerDependenciesMeta?.[packageName]?.optional, true, packageName);
  }
});
