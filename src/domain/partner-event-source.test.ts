import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventSourceState, type PartnerEventSource, partnerName } from './partner-event-source.ts';

const DAY = 24 * 60 * 60 * 1000;
const offered: PartnerEventSource = {
  name: 'aws.partner/example.com/shop/orders',
  partner: '999999999999',
  account: '111111111111',
  createdAt: 0,
  pendingSince: 0,
};
const used: PartnerEventSource = { ...offered, pendingSince: undefined };

function state(source: PartnerEventSource, hasBus: boolean, days: number) {
  return eventSourceState(source, { hasBus, now: days * DAY });
}

test('a source waits for two weeks, and not a millisecond longer', () => {
  assert.equal(state(offered, false, 0), 'PENDING');
  assert.equal(eventSourceState(offered, { hasBus: false, now: 14 * DAY - 1 }), 'PENDING');
  assert.equal(state(offered, false, 14), undefined);
});

test('a matching event bus makes it active, and keeps it', () => {
  assert.equal(state(offered, true, 0), 'ACTIVE');
  assert.equal(state(offered, true, 15), 'ACTIVE');
  assert.equal(state(used, true, 15), 'ACTIVE');
});

test('without its event bus it waits again', () => {
  assert.equal(state(used, false, 100), 'PENDING');
});

test('deactivated, it waits for two weeks, then is deleted', () => {
  const deactivated = { ...used, deactivated: true, pendingSince: 20 * DAY };
  assert.equal(state(deactivated, true, 33), 'PENDING');
  assert.equal(state(deactivated, true, 34), 'DELETED');
});

test('deleted, it is seen as long as its event bus is there', () => {
  assert.equal(state({ ...used, deleted: true }, true, 0), 'DELETED');
  assert.equal(state({ ...used, deleted: true }, false, 0), undefined);
});

test('the partner is named by the source', () => {
  assert.equal(partnerName(offered.name), 'example.com');
});
