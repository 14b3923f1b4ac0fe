import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { startTestBus } from '../../test/running-bus.ts';
import { HandClock } from '../domain/clock.ts';

const Name = 'aws.partner/example.com/shop/orders';
const Account = '222222222222';
const customer = { account: Account };

test('serialization: an ARN without an account', async (t) => {
  const bus = await startTestBus(t);
  const { status, json } = await bus.call('CreatePartnerEventSource', { Name, Account });
  assert.equal(status, 200);
  assert.deepEqual(json, { EventSourceArn: `arn:aws:events:eu-central-1::event-source/${Name}` });
});

test('validation: names of the form that partners have', async (t) => {
  const bus = await startTestBus(t);
  for (const wrong of ['example.com/shop', 'aws.partner/example.com', 'aws.partner/a//b']) {
    const { json } = await bus.call('CreatePartnerEventSource', { Name: wrong, Account });
    assert.match(String(json.message), /^1 validation error detected: Value '.*' at 'name' failed/);
  }
});

test('validation: an account is offered a source once, by whomever', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreatePartnerEventSource', { Name, Account });
  for (const partner of [{}, { account: '333333333333' }]) {
    const { json } = await bus.call('CreatePartnerEventSource', { Name, Account }, partner);
    assert.deepEqual(json, {
      __type: 'ResourceAlreadyExistsException',
      message: `Event source ${Name} already exists.`,
    });
  }
  const other = await bus.call('CreatePartnerEventSource', { Name, Account: '333333333333' });
  assert.equal(other.status, 200);
});

test('behaviour: the account that it is offered to sees it, in its region', async (t) => {
  const bus = await startTestBus(t);
  await bus.call('CreatePartnerEventSource', { Name, Account });
  const seen = async (caller: object) =>
    ((await bus.call('ListEventSources', {}, caller)).json.EventSources as unknown[]).length;
  assert.equal(await seen(customer), 1);
  assert.equal(await seen({}), 0);
  assert.equal(await seen({ ...customer, region: 'us-west-2' }), 0);
});

test('behaviour: what has expired is offered anew', async (t) => {
  const clock = new HandClock(0);
  const bus = await startTestBus(t, { clock });
  await bus.call('CreatePartnerEventSource', { Name, Account });
  clock.advance(14 * 24 * 60 * 60 * 1000);
  assert.equal((await bus.call('CreatePartnerEventSource', { Name, Account })).status, 200);
  const { json } = await bus.call('DescribeEventSource', { Name }, customer);
  assert.deepEqual([json.State, json.CreationTime], ['PENDING', 14 * 24 * 60 * 60]);
});

test('behaviour: over the event bus of a deleted source it waits to be activated', async (t) => {
  const bus = await startTestBus(t);
  const state = async () => (await bus.call('DescribeEventSource', { Name }, customer)).json.State;
  await bus.call('CreatePartnerEventSource', { Name, Account });
  await bus.call('CreateEventBus', { Name, EventSourceName: Name }, customer);
  await bus.call('DeletePartnerEventSource', { Name, Account });
  assert.equal(await state(), 'DELETED');
  await bus.call('CreatePartnerEventSource', { Name, Account });
  assert.equal(await state(), 'PENDING');
  await bus.call('ActivateEventSource', { Name }, customer);
  assert.equal(await state(), 'ACTIVE');
});

test('behaviour: offers, their event buses and policies outlive a restart', async (t) => {
  const data = mkdtempSync(join(tmpdir(), 'busbar-test-'));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  const before = await startTestBus(t, { data });
  await before.call('CreatePartnerEventSource', { Name, Account });
  await before.call('CreateEventBus', { Name, EventSourceName: Name }, customer);
  const permission = { Action: 'events:PutEvents', Principal: '*', StatementId: 's' };
  await before.call('PutPermission', permission);
  const { Policy } = (await before.call('DescribeEventBus', {})).json;
  await before.close();
  const after = await startTestBus(t, { data });
  assert.equal((await after.call('DescribeEventSource', { Name }, customer)).json.State, 'ACTIVE');
  assert.equal((await after.call('DescribePartnerEventSource', { Name })).status, 200);
  assert.ok(Policy !== undefined);
  assert.equal((await after.call('DescribeEventBus', {})).json.Policy, Policy);
});
