import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseStoreUrl, shownUrl } from './store-url.ts';

const open = { user: undefined, password: undefined, token: undefined, tls: false, replicas: 1 };

test('a URL says where the store is, what it is called, and how to get in', () => {
  assert.deepEqual(parseStoreUrl('nats://127.0.0.1:4300'), {
    ...open,
    servers: ['127.0.0.1:4300'],
    name: 'busbar',
  });
  assert.deepEqual(parseStoreUrl('tls://u:p%40%2F:@a,b.example:4223,[::1]:1/shop_1?replicas=3'), {
    servers: ['a:4222', 'b.example:4223', '[::1]:1'],
    name: 'shop_1',
    user: 'u',
    password: 'p@/:',
    token: undefined,
    tls: true,
    replicas: 3,
  });
  assert.equal(parseStoreUrl('nats://s%3Acret@h').token, 's:cret');
});

test('what is wrong is said, and no secret is repeated', () => {
  for (const url of ['', 'http://h', 'nats://', 'nats:///n', 'nats://u:secret@', 'nats://u:secret@h:port']) {
    assert.throws(() => parseStoreUrl(url), /must be/);
  }
  assert.throws(() => parseStoreUrl('nats://h/a.b'), /"a\.b"/);
  assert.throws(() => parseStoreUrl('nats://h/a/b'), /must be nats:/);
  assert.throws(() => parseStoreUrl('nats://h?replicas=0'), /1 to 5 replicas, not "0"/);
  assert.throws(() => parseStoreUrl('nats://h?color=red'), /knows no "color"/);
  for (const url of ['nats://u:secret@h:port', 'nats://u:secret%ZZ@h', 'nats://secret@h/a.b']) {
    assert.throws(
      () => parseStoreUrl(url),
      (error: Error) => !error.message.includes('secret'),
    );
  }
});

test('a URL is shown without user, password and token', () => {
  assert.equal(shownUrl(parseStoreUrl('nats://u:p@h:1,i:2/n')), 'nats://h:1,i:2/n');
  assert.equal(shownUrl(parseStoreUrl('tls://token@h')), 'tls://h:4222/busbar');
});
