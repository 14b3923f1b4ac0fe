import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodePagingToken, encodePagingToken } from './paging-token.ts';

function decoded(text: string): readonly [token: unknown, skip: number] {
  const { tokens, skip } = decodePagingToken(text, 'NextToken');
  assert.equal(tokens.size, 1);
  return [tokens.get('NextToken'), skip];
}

test('tokens are the JSON that the AWS CLI writes, in base64', () => {
  const text = (base64: string) => Buffer.from(base64, 'base64').toString();
  const name = 'NextToken';
  assert.equal(
    text(encodePagingToken({ name, token: null, shown: 1 })),
    '{"NextToken": null, "boto_truncate_amount": 1}',
  );
  assert.equal(text(encodePagingToken({ name, token: 'té"1' })), '{"NextToken": "t\\u00e9\\"1"}');
});

test('tokens are read: ours, the service’s, and those of old versions', () => {
  assert.deepEqual(decoded(encodePagingToken({ name: 'NextToken', token: 't', shown: 3 })), ['t', 3]);
  assert.deepEqual(decoded(encodePagingToken({ name: 'NextToken', token: null, shown: 0 })), [null, 0]);
  assert.deepEqual(decoded('abcd'), ['abcd', 0]);
  assert.deepEqual(decoded('t___2'), ['t', 2]);
  assert.deepEqual(decoded('None___2'), [null, 2]);
  assert.deepEqual(decoded('t___x'), ['t___x', 0]);
  assert.throws(
    () => decodePagingToken('a___b___c', 'NextToken'),
    /^Error: Bad starting token: a___b___c$|Bad/,
  );
});
