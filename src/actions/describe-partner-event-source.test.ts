import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus } from '../../test/running-bus.ts';

const Name = 'aws.partner/example.com/shop/orders';
const Account = '222222222222';

test('serialization: ARN and name', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreatePartnerEventSource', { Name, Account });
  const { json } = await bus.call('DescribePartnerEventSource', { Name });
  assert.deepEqual(json, { Arn: `arn:aws:events:eu-central-1::event-source/${Name}`, Name });
});

test('validation: an unknown source', async (t) => {
  const bus = await startTestBus(t);
  const { status, json } = await bus.call('DescribePartnerEventSource', { Name });
  assert.deepEqual(
    [status, json],
    [400, { __type: 'ResourceNotFoundException', message: `Event source ${Name} does not exist.` }],
  );
});

test('behaviour: only the partner who created it sees it', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreatePartnerEventSource', { Name, Account });
  for (const caller of [{ account: Account }, { account: '333333333333' }, { region: 'us-west-2' }]) {
    assert.equal((await bus.call('DescribePartnerEventSource', { Name }, caller)).status, 400);
  }
});
