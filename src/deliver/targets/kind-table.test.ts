import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Target } from '../../api-model/types.generated.ts';
import { createEgress } from '../egress.ts';
import type { TargetRules } from './kind-entry.ts';
import { refuseTarget } from './kind-table.ts';

const everything: TargetRules = {
  egress: createEgress('all'),
  fileFolders: ['/data'],
  commands: ['/opt/hooks'],
  reservedSubjects: ['busbar.'],
  isInstalled: () => true,
};

const ROLE = 'arn:aws:iam::111111111111:role/invoke';

function refusal(target: Partial<Target> & { arn: string }, rules: Partial<TargetRules> = {}): string {
  const whole = { id: 't', roleArn: ROLE, ...target };
  return refuseTarget(whole, '111111111111', { ...everything, ...rules }) ?? 'taken';
}

test('every kind of its own is taken by its URL', () => {
  for (const arn of [
    'http://127.0.0.1:8080/hook?x=1',
    'https://example.com/',
    'nats://127.0.0.1/orders.placed',
    'file:///data/orders.jsonl',
    'exec:/opt/hooks/on-order?arg=--fast',
  ]) {
    assert.equal(refusal({ arn }), 'taken', arn);
  }
});

test('no address holds a password, for addresses are shown', () => {
  for (const arn of [
    'http://user:word@127.0.0.1/',
    'https://user@example.com/',
    'https://:word@example.com/',
  ]) {
    assert.match(refusal({ arn }), /Reason: A URL holds neither user nor password/, arn);
  }
});

test('what nothing can be delivered to is refused with what can be', () => {
  assert.match(
    refusal({ arn: 'arn:aws:mainframe:eu-central-1:111111111111:x' }),
    /does not deliver to mainframe yet, only to an Amazon SQS queue .*, a NATS subject .*, a file .*, a command /,
  );
  for (const arn of ['ftp://example.com/', 'nats:orders', 'file:/data/orders.jsonl', 'http://', 'exec']) {
    assert.equal(
      refusal({ arn }),
      `Parameter ${arn} is not valid. Reason: Provided Arn is not in correct format.`,
    );
  }
});

test('a region that would be another host is none', () => {
  for (const region of ['evil.example/', 'eu-central-1.evil.example', '', 'eu-central-1#']) {
    const arn = `arn:aws:sqs:${region}:111111111111:q`;
    assert.match(refusal({ arn }), /Provided Arn is not in correct format/, arn);
  }
  assert.equal(refusal({ arn: 'arn:aws:sqs:us-gov-west-1:111111111111:q' }), 'taken');
});

test('addresses that are never reached, or not from here, are refused when they are plain to see', () => {
  for (const host of ['169.254.169.254', '0xA9FEA9FE', '[fd00:ec2::254]', '[::ffff:169.254.169.254]']) {
    for (const arn of [`http://${host}/`, `https://${host}/`, `nats://${host}/x`]) {
      assert.match(refusal({ arn }), /^Parameter .* is not valid\. Reason: .* is never reached\.$/, arn);
    }
  }
  const egress = createEgress([]);
  for (const arn of ['http://127.0.0.1/', 'https://[::1]/', 'http://192.168.1.1/', 'nats://10.0.0.1/x']) {
    assert.match(
      refusal({ arn }, { egress }),
      /which --private-targets \(BUSBAR_PRIVATE_TARGETS\) does not allow/,
    );
  }
});

test("Busbar's own subjects are refused", () => {
  assert.match(refusal({ arn: 'nats://127.0.0.1/busbar.log' }), /keeps its store in\.$/);
  assert.equal(refusal({ arn: 'nats://127.0.0.1/busbar' }), 'taken');
});

test('files and commands are refused where nobody allowed them', () => {
  assert.match(refusal({ arn: 'file:///etc/passwd' }), /ends in \.jsonl/);
  assert.match(refusal({ arn: 'file:///etc/a.jsonl' }), /not below a folder .*: \/data\.$/);
  assert.match(refusal({ arn: 'file:///data/a.jsonl' }, { fileFolders: [] }), /unless --file-targets/);
  assert.match(refusal({ arn: 'exec:/bin/sh?arg=-c&arg=id' }), /not among .*: \/opt\/hooks\.$/);
  assert.match(refusal({ arn: 'exec:/opt/hooks/x' }, { commands: [] }), /unless --exec-targets/);
  assert.match(refusal({ arn: 'exec:hooks/x' }), /absolute path/);
});

test('a target that needs a package says which, where it is not installed', () => {
  const asked: string[] = [];
  const isInstalled = (name: string) => {
    asked.push(name);
    return false;
  };
  assert.equal(
    refusal({ arn: 'nats://127.0.0.1/orders' }, { isInstalled }),
    'Parameter nats://127.0.0.1/orders is not valid. Reason: It needs a package that is not installed here: npm install @nats-io/transport-node',
  );
  assert.deepEqual(asked, ['@nats-io/transport-node']);
  assert.equal(refusal({ arn: 'http://127.0.0.1/' }, { isInstalled }), 'taken');
});
