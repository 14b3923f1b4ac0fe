import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { startTestBus, type TestBus } from '../../test/running-bus.ts';
import { readConfig } from '../config.ts';
import type { Clock } from '../domain/clock.ts';
import { SystemClock } from '../domain/clock.ts';
import { startBusbar } from '../main.ts';
import { StreamLog } from '../observe/stream-log.ts';

const SECRETS = [
  'secret-password-1',
  'secret-password-2',
  'secret-api-key',
  'secret-of-client',
  'secret-header',
  'secret-query',
  'secret-body',
  'secret-oauth-body',
];

function dataFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'busbar-secrets-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Makes connections that hold each of the secrets, and answers all that was answered. */
async function keepSecrets(bus: TestBus): Promise<string> {
  const secret = (Key: string, Value: string) => [{ Key, Value, IsValueSecret: true }];
  const calls: [string, object][] = [
    [
      'CreateConnection',
      {
        Name: 'basic',
        AuthorizationType: 'BASIC',
        AuthParameters: {
          BasicAuthParameters: { Username: 'user-in-clear', Password: 'secret-password-1' },
          InvocationHttpParameters: {
            HeaderParameters: secret('h', 'secret-header'),
            QueryStringParameters: secret('q', 'secret-query'),
            BodyParameters: secret('b', 'secret-body'),
          },
        },
      },
    ],
    [
      'CreateConnection',
      {
        Name: 'key',
        AuthorizationType: 'API_KEY',
        AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: 'k', ApiKeyValue: 'secret-api-key' } },
      },
    ],
    [
      'CreateConnection',
      {
        Name: 'oauth',
        AuthorizationType: 'OAUTH_CLIENT_CREDENTIALS',
        AuthParameters: {
          OAuthParameters: {
            AuthorizationEndpoint: 'https://127.0.0.1:1/oauth',
            ClientParameters: { ClientID: 'id', ClientSecret: 'secret-of-client' },
            HttpMethod: 'POST',
            OAuthHttpParameters: { BodyParameters: secret('b', 'secret-oauth-body') },
          },
        },
      },
    ],
    [
      'UpdateConnection',
      {
        Name: 'basic',
        AuthParameters: { BasicAuthParameters: { Password: 'secret-password-2' } },
      },
    ],
    ['ListConnections', {}],
    ...['basic', 'key', 'oauth'].map((Name): [string, object] => ['DescribeConnection', { Name }]),
    ['DeauthorizeConnection', { Name: 'key' }],
    ['DeleteConnection', { Name: 'key' }],
  ];
  let answered = '';
  for (const [operation, request] of calls) {
    const { status, text } = await bus.call(operation, request);
    assert.equal(status, 200, text);
    answered += text;
  }
  return answered;
}

function assertHoldsNoSecret(where: string, bytes: Buffer): void {
  for (const secret of SECRETS) {
    for (const encoded of [Buffer.from(secret), Buffer.from(secret, 'utf16le')]) {
      assert.ok(!bytes.includes(encoded), `${where} holds ${secret}`);
    }
    assert.ok(!bytes.includes(Buffer.from(secret).toString('base64').slice(0, -4)), `${where}: ${secret}`);
  }
}

test('behaviour: secrets are in no answer, no log and no file of the data folder', async (t) => {
  const data = dataFolder(t);
  let logged = '';
  const clock: Clock = new SystemClock();
  const log = new StreamLog({ write: (text: string) => (logged += text) }, clock, 'info');
  const bus = await startTestBus(t, { data, log });
  assertHoldsNoSecret('an answer', Buffer.from(await keepSecrets(bus)));
  const files = () => readdirSync(data).map((name) => [name, readFileSync(join(data, name))] as const);
  assert.ok(
    files().some(([, bytes]) => bytes.includes('user-in-clear')),
    'the connections are in the files',
  );
  for (const [name, bytes] of files()) assertHoldsNoSecret(name, bytes);
  await bus.close();
  for (const [name, bytes] of files()) assertHoldsNoSecret(name, bytes);
  assertHoldsNoSecret('the log', Buffer.from(logged));
  if (process.platform !== 'win32') {
    assert.equal(statSync(join(data, 'secret.key')).mode & 0o777, 0o600);
  }
});

test('behaviour: a start with another key is refused with what to do, and harms nothing', async (t) => {
  const data = dataFolder(t);
  const start = async (BUSBAR_SECRET_KEY?: string) => {
    const env = BUSBAR_SECRET_KEY === undefined ? {} : { BUSBAR_SECRET_KEY };
    const bus = await startBusbar(readConfig(['--port=0', `--data=${data}`, '--log=off'], env));
    t.after(() => bus.close());
    return bus;
  };
  const key = randomBytes(32);
  const first = await startTestBus(t, { data });
  await keepSecrets(first);
  await first.close();
  const message = /were sealed with another key: set BUSBAR_SECRET_KEY/;
  await assert.rejects(start(key.toString('base64')), { name: 'SecretBoxError', message });
  const own = Buffer.from(readFileSync(join(data, 'secret.key'), 'utf8'), 'base64');
  await (await start(own.toString('hex'))).close();
  await (await start()).close();
  rmSync(join(data, 'secret.key'));
  await assert.rejects(start(), { name: 'SecretBoxError', message });
  await (await start(own.toString('base64url'))).close();
});

test('validation: a key that is none is refused without being repeated', () => {
  for (const text of ['short', 'x'.repeat(64), `${'A'.repeat(44)}=`, randomBytes(31).toString('hex')]) {
    assert.throws(
      () => readConfig([], { BUSBAR_SECRET_KEY: text }),
      ({ name, message }: Error) =>
        name === 'ConfigError' && /32 bytes/.test(message) && !message.includes(text),
    );
  }
});
