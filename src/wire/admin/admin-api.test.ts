import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { askAdmin } from '../../../test/admin-client.ts';
import { startTestBus } from '../../../test/running-bus.ts';
import { readConfig } from '../../config.ts';
import { startBusbar } from '../../main.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const key = (accessKeyId: string, secretAccessKey = 's') => ({ accessKeyId, secretAccessKey });

async function busWithKeys(t: TestContext, policy?: object): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'busbar-test-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'policy.json');
  if (policy !== undefined) writeFileSync(file, JSON.stringify(policy));
  const config = readConfig(
    ['--port=0', '--memory', ...(policy === undefined ? [] : [`--access-policy=${file}`])],
    { BUSBAR_ACCESS_KEYS: 'ANNE:s,BERT:s' },
  );
  const bus = await startBusbar(config, { log: silent });
  t.after(() => bus.close());
  return bus.url;
}

async function messageOf(response: Response): Promise<string> {
  const { message } = (await response.json()) as { message: string };
  return message;
}

test('an address that is not there, and the wrong method, are told what is', async (t) => {
  const { url } = await startTestBus(t);
  const nowhere = await askAdmin(url, '/_busbar/nowhere');
  assert.equal(nowhere.status, 404);
  assert.match(await messageOf(nowhere), /own API has GET \/_busbar\/health, GET \/_busbar\/status/);
  const wrong = await askAdmin(url, '/_busbar/status', { method: 'POST' });
  assert.equal(wrong.status, 405);
  assert.equal(await messageOf(wrong), '/_busbar/status takes GET, not POST.');
});

test('with credentials every address but health wants a signature', async (t) => {
  const url = await busWithKeys(t);
  assert.equal((await fetch(new URL('/_busbar/health', url))).status, 200);
  const unsigned = await fetch(new URL('/_busbar/status', url));
  assert.equal(unsigned.status, 403);
  assert.equal((await askAdmin(url, '/_busbar/status', { key: key('ANNE', 'wrong') })).status, 403);
  assert.equal((await askAdmin(url, '/_busbar/status', { key: key('CARL') })).status, 403);
  assert.equal((await askAdmin(url, '/_busbar/failed?max=1&target=x%20y', { key: key('ANNE') })).status, 200);
});

test('an access policy speaks of busbar:NAME', async (t) => {
  const url = await busWithKeys(t, {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::000000000000:user/ANNE' },
        Action: 'busbar:Get*',
        Resource: '*',
      },
    ],
  });
  assert.equal((await askAdmin(url, '/_busbar/status', { key: key('ANNE') })).status, 200);
  const denied = await askAdmin(url, '/_busbar/status', { key: key('BERT') });
  assert.equal(denied.status, 403);
  assert.match(await messageOf(denied), /user\/BERT is not authorized to perform: busbar:GetStatus/);
});

test('without credentials only this machine may read, under its own name', async (t) => {
  const { url } = await startTestBus(t);
  const statusFor = (host: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      request(new URL('/_busbar/status', url), { headers: { host } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
  assert.equal(await statusFor('evil.example:4010'), 403);
  assert.equal(await statusFor('localhost:4010'), 200);
  assert.equal(await statusFor('[::1]:4010'), 200);
});

test('pages of other sites may not call it either', async (t) => {
  const { url } = await startTestBus(t);
  const Origin = 'https://evil.example';
  const foreign = await askAdmin(url, '/_busbar/redrive', { method: 'POST', body: {}, headers: { Origin } });
  assert.equal(foreign.status, 403);
  assert.match(await messageOf(foreign), /Pages of https:\/\/evil\.example may not call this Busbar/);
  const own = await askAdmin(url, '/_busbar/status', { headers: { Origin: url } });
  assert.equal(own.status, 200);
});

test('a body over the limit is refused', async (t) => {
  const { url } = await startTestBus(t, { limits: { requestBodyBytes: 1000 } });
  const response = await askAdmin(url, '/_busbar/status', { method: 'GET' });
  assert.equal(response.status, 200);
  const large = request(new URL('/_busbar/status', url), { headers: { 'content-length': 2000 } });
  const status = await new Promise((resolve, reject) => {
    large.on('response', (answer) => resolve(answer.statusCode)).on('error', reject);
    large.end(' '.repeat(2000));
  });
  assert.equal(status, 413);
});
