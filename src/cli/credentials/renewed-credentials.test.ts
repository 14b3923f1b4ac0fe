import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RenewedCredentials } from './renewed-credentials.ts';

const MINUTE_MS = 60_000;
const SECRETS = { secretAccessKey: 's', sessionToken: 't' };

test('credentials that last are never asked for again', async () => {
  const lasting = { accessKeyId: 'a', secretAccessKey: 's' };
  const renewed = new RenewedCredentials(lasting, () => Promise.reject(new Error('asked')));
  assert.equal(await renewed.at(Number.MAX_SAFE_INTEGER), lasting);
});

test('ten minutes before their end others are found, once for all who ask', async () => {
  let found = 0;
  const renewed = new RenewedCredentials(
    { accessKeyId: '0', ...SECRETS, expiresAtMs: 60 * MINUTE_MS },
    async () => {
      found += 1;
      return { accessKeyId: String(found), ...SECRETS, expiresAtMs: 120 * MINUTE_MS };
    },
  );
  assert.equal((await renewed.at(49 * MINUTE_MS)).accessKeyId, '0');
  const both = await Promise.all([renewed.at(51 * MINUTE_MS), renewed.at(51 * MINUTE_MS)]);
  assert.deepEqual(
    both.map(({ accessKeyId }) => accessKeyId),
    ['1', '1'],
  );
  assert.equal((await renewed.at(111 * MINUTE_MS)).accessKeyId, '2');
});

test('when none are found the old ones do to their end', async () => {
  const renewed = new RenewedCredentials({ accessKeyId: '0', ...SECRETS, expiresAtMs: 60 * MINUTE_MS }, () =>
    Promise.reject(new Error('no answer')),
  );
  assert.equal((await renewed.at(59 * MINUTE_MS)).accessKeyId, '0');
  await assert.rejects(renewed.at(60 * MINUTE_MS), /no answer/);
});

test('a source that gives the same ones again is asked twice a minute at most, until their end', async () => {
  const same = { accessKeyId: '0', ...SECRETS, expiresAtMs: 60 * MINUTE_MS };
  let asked = 0;
  const renewed = new RenewedCredentials(same, async () => {
    asked += 1;
    return same;
  });
  for (const minutes of [51, 51.1, 51.4, 51.5, 51.6]) await renewed.at(minutes * MINUTE_MS);
  assert.equal(asked, 2);
  await renewed.at(59.9 * MINUTE_MS);
  await renewed.at(60 * MINUTE_MS);
  assert.equal(asked, 4);
});
