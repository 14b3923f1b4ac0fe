import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { CommandIo } from '../command-io.ts';
import { findCredentials } from '../credentials/credentials.ts';
import { type GlobalOptions, parseGlobalOptions } from '../global-options.ts';
import { type AwsConfig, loadAwsConfig, profileSetting } from './aws-config.ts';
import { connectionSettings, maxAttempts } from './connection-settings.ts';
import { findEndpoint, findRegion, globalEndpoint } from './endpoint.ts';

type Env = Readonly<Record<string, string>>;

// A home with the two files, as one command line and environment see it.
function machine(files: { config?: string; credentials?: string }, env: Env = {}, argv: string[] = []) {
  const home = mkdtempSync(join(tmpdir(), 'busbar-home-'));
  mkdirSync(join(home, '.aws'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(home, '.aws', name), text);
  const nowhere = { write: () => true };
  const stdin = (async function* () {})();
  const io: CommandIo = { stdout: nowhere, stderr: nowhere, stdin, env: { HOME: home, ...env }, cwd: '/' };
  const { options } = parseGlobalOptions([...argv, 'events'], ['events']);
  return { home, io, options, config: () => loadAwsConfig(io, options) };
}

type Machine = { io: CommandIo; options: GlobalOptions; config: () => AwsConfig };

function endpointOf({ io, options, config }: Machine) {
  const { url, isLocalBusbar } = findEndpoint(options, config(), io);
  return [url.href, isLocalBusbar];
}

function regionOf({ io, options, config }: Machine) {
  const endpoint = findEndpoint(options, config(), io);
  return findRegion(options, config(), { env: io.env, endpoint });
}

async function credentialsOf({ io, options, config }: Machine, isLocalBusbar = false) {
  const endpoint = { url: new URL('http://bus.test'), isLocalBusbar };
  return findCredentials(config(), io, { options, endpoint, region: 'eu-west-1' });
}

const PROFILES =
  '[default]\nregion = eu-west-1\n[profile two]\nregion = eu-west-2\n[profile "na me"]\nregion=x\n';

test('the profile is named by option, environment, or is the default', () => {
  const region = (env: Env, argv: string[] = []) =>
    profileSetting(machine({ config: PROFILES }, env, argv).config(), 'region');
  assert.equal(region({}), 'eu-west-1');
  assert.equal(region({ AWS_PROFILE: 'two' }), 'eu-west-2');
  assert.equal(region({ AWS_DEFAULT_PROFILE: 'two' }), 'eu-west-2');
  assert.equal(region({ AWS_PROFILE: 'default' }, ['--profile', 'two']), 'eu-west-2');
  assert.equal(region({}, ['--profile', 'na me']), 'x');
});

test('an unknown profile, a broken file, a wrong time format', () => {
  const unknown = { exitCode: 255, message: 'The config profile (nope) could not be found' };
  assert.throws(machine({ config: PROFILES }, {}, ['--profile', 'nope']).config, unknown);
  assert.throws(machine({}, { AWS_PROFILE: 'nope' }).config, unknown);
  assert.doesNotThrow(machine({}).config);
  const broken = machine({ config: 'region = x' });
  assert.throws(broken.config, {
    exitCode: 255,
    message: `Unable to parse config file: ${broken.home}/.aws/config`,
  });
  assert.throws(machine({ config: '[default]\ncli_timestamp_format = bogus' }).config, {
    exitCode: 253,
    message: 'Unknown cli_timestamp_format value: bogus, valid values are "wire" or "iso8601"',
  });
});

test('other files can be named', () => {
  const { home } = machine({ config: PROFILES });
  const other = machine({}, { AWS_CONFIG_FILE: `${home}/.aws/config` });
  assert.equal(profileSetting(other.config(), 'region'), 'eu-west-1');
});

test('a profile may be in the credentials file alone, whose settings win', () => {
  const here = machine({
    config: PROFILES,
    credentials: '[default]\nregion = us-west-1\n[three]\nregion = c',
  });
  assert.equal(profileSetting(here.config(), 'region'), 'us-west-1');
  const { io, home } = here;
  const three = loadAwsConfig({ ...io, env: { HOME: home, AWS_PROFILE: 'three' } }, here.options);
  assert.equal(profileSetting(three, 'region'), 'c');
});

test('the region: option, environment, profile; none is needed for the local Busbar', () => {
  const elsewhere = { AWS_ENDPOINT_URL: 'http://elsewhere:1' };
  const all = { ...elsewhere, AWS_REGION: 'a-1', AWS_DEFAULT_REGION: 'b-1' };
  assert.equal(regionOf(machine({ config: PROFILES }, all, ['--region', 'o-1'])), 'o-1');
  assert.equal(regionOf(machine({ config: PROFILES }, all)), 'a-1');
  assert.equal(regionOf(machine({ config: PROFILES }, { ...all, AWS_REGION: '' })), 'b-1');
  assert.equal(regionOf(machine({ config: PROFILES }, elsewhere)), 'eu-west-1');
  assert.equal(regionOf(machine({})), 'us-east-1');
  assert.equal(regionOf(machine({}, { BUSBAR_REGION: 'b-1' })), 'b-1');
  assert.equal(regionOf(machine({}, { AWS_REGION: 'a-1', BUSBAR_REGION: 'b-1' })), 'a-1');
  assert.throws(() => regionOf(machine({}, elsewhere)), {
    exitCode: 253,
    message: 'You must specify a region. You can also configure your region by running "aws configure".',
  });
  for (const bad of ['bad region', '-a', 'a-', '123', 'a.b']) {
    assert.throws(() => regionOf(machine({}, {}, [`--region=${bad}`])), {
      exitCode: 255,
      message: `Provided region_name '${bad}' doesn't match a supported format.`,
    });
  }
});

test('the endpoint: option, environment, services section, profile, and at last the local Busbar', () => {
  const config =
    '[default]\nendpoint_url = http://profile:1\nservices = s\n[services s]\neventbridge =\n  endpoint_url = http://section:1\n';
  const env = {
    AWS_ENDPOINT_URL_EVENTBRIDGE: 'http://eventbridge:1',
    AWS_ENDPOINT_URL: 'http://all:1',
    AWS_ENDPOINT_URL_EVENTS: 'http://events:1',
    BUSBAR_ENDPOINT_URL: 'http://busbar:1',
  };
  const { AWS_ENDPOINT_URL_EVENTBRIDGE: _, ...without } = env;
  const { AWS_ENDPOINT_URL: __, ...last } = without;
  assert.deepEqual(endpointOf(machine({ config }, env, ['--endpoint-url', 'http://o/p'])), [
    'http://o/p',
    false,
  ]);
  assert.deepEqual(endpointOf(machine({ config }, env)), ['http://eventbridge:1/', false]);
  assert.deepEqual(endpointOf(machine({ config }, without)), ['http://all:1/', false]);
  assert.deepEqual(endpointOf(machine({ config }, last)), ['http://section:1/', false]);
  const plain = config.replace('services = s', '');
  assert.deepEqual(endpointOf(machine({ config: plain }, last)), ['http://profile:1/', false]);
  assert.deepEqual(endpointOf(machine({}, last)), ['http://events:1/', false]);
  const ignoring = { ...env, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' };
  assert.deepEqual(endpointOf(machine({ config }, ignoring)), ['http://busbar:1/', true]);
  assert.deepEqual(endpointOf(machine({})), ['http://127.0.0.1:4010/', true]);
  assert.deepEqual(endpointOf(machine({}, { BUSBAR_PORT: '4711' })), ['http://127.0.0.1:4711/', true]);
});

test('the local Busbar is known by its address, however it is named', () => {
  const at = (url: string) => endpointOf(machine({}, {}, ['--endpoint-url', url]))[1];
  assert.equal(at('http://localhost:4010'), true);
  assert.equal(at('http://[::1]:4010/'), true);
  assert.equal(at('http://127.0.0.1:4566'), false);
  assert.equal(at('https://127.0.0.1:4010'), false);
});

test('endpoints that are none', () => {
  for (const url of ['http://', 'ftp://x', 'http://a_b/', 'x:y']) {
    assert.throws(() => endpointOf(machine({}, { AWS_ENDPOINT_URL: url })), {
      exitCode: 255,
      message: `Invalid endpoint: ${url}`,
    });
  }
});

test('a request for a global endpoint goes to its own host where it would go to AWS', () => {
  const goesTo = (url: string, id = 'abcde.veo') =>
    globalEndpoint(id, { url: new URL(url), isLocalBusbar: false })?.url.href;
  assert.equal(
    goesTo('https://events.eu-west-1.amazonaws.com'),
    'https://abcde.veo.endpoint.events.amazonaws.com/',
  );
  assert.equal(
    goesTo('https://events.cn-north-1.amazonaws.com.cn'),
    'https://abcde.veo.endpoint.events.amazonaws.com.cn/',
  );
  assert.equal(goesTo('https://events.us-gov-west-1.api.aws'), 'https://abcde.veo.endpoint.events.api.aws/');
  for (const url of ['http://127.0.0.1:4010/', 'https://x.endpoint.events.amazonaws.com/', 'http://bus/p']) {
    assert.equal(goesTo(url), url);
  }
  const endpoint = { url: new URL('http://127.0.0.1:4010'), isLocalBusbar: true };
  assert.equal(globalEndpoint(undefined, endpoint), undefined);
  for (const id of ['a b', '', '-a', 'a..b']) {
    assert.throws(() => globalEndpoint(id, endpoint), {
      exitCode: 255,
      message: 'Invalid endpoint configuration: EndpointId must be a valid host label.',
    });
  }
});

const KEYS = 'aws_access_key_id = FILE\naws_secret_access_key = file-secret\n';

test('credentials of the environment beat files, unless --profile names one', async () => {
  const env = { AWS_ACCESS_KEY_ID: 'ENV', AWS_SECRET_ACCESS_KEY: 's', AWS_SESSION_TOKEN: 't' };
  const files = { credentials: `[default]\n${KEYS}[two]\n${KEYS.replace('FILE', 'TWO')}` };
  const ofEnv = { accessKeyId: 'ENV', secretAccessKey: 's', sessionToken: 't' };
  assert.deepEqual(await credentialsOf(machine(files, env)), ofEnv);
  assert.deepEqual(await credentialsOf(machine(files, { ...env, AWS_PROFILE: 'two' })), ofEnv);
  const named = await credentialsOf(machine(files, env, ['--profile', 'two']));
  assert.deepEqual(named, { accessKeyId: 'TWO', secretAccessKey: 'file-secret' });
});

test('credentials of the files, and of a process', async () => {
  const config = `[default]\n${KEYS}aws_session_token = token\n`;
  assert.deepEqual(await credentialsOf(machine({ config })), {
    accessKeyId: 'FILE',
    secretAccessKey: 'file-secret',
    sessionToken: 'token',
  });
  const answer = '{"Version": 1, "AccessKeyId": "P", "SecretAccessKey": "q", "SessionToken": "r"}';
  const ofProcess = (text: string) =>
    credentialsOf(machine({ config: `[default]\ncredential_process = /bin/echo '${text}'\n` }));
  assert.deepEqual(await ofProcess(answer), { accessKeyId: 'P', secretAccessKey: 'q', sessionToken: 'r' });
  await assert.rejects(ofProcess('{"Version": 2}'), {
    exitCode: 255,
    message:
      "Error when retrieving credentials from custom-process: Unsupported version '2' for credential process provider, supported versions: 1",
  });
});

test('half a pair, and none', async () => {
  await assert.rejects(credentialsOf(machine({}, { AWS_ACCESS_KEY_ID: 'a' })), {
    exitCode: 255,
    message: 'Partial credentials found in env, missing: AWS_SECRET_ACCESS_KEY',
  });
  await assert.rejects(credentialsOf(machine({ credentials: '[default]\naws_access_key_id = a' })), {
    exitCode: 255,
    message: 'Partial credentials found in shared-credentials-file, missing: aws_secret_access_key',
  });
  await assert.rejects(credentialsOf(machine({}, { AWS_EC2_METADATA_DISABLED: 'true' })), {
    exitCode: 253,
    message: 'Unable to locate credentials. You can configure credentials by running "aws configure".',
  });
});

test('the local Busbar gets made-up credentials rather than an error', async () => {
  const madeUp = { accessKeyId: 'busbar', secretAccessKey: 'busbar' };
  assert.deepEqual(await credentialsOf(machine({}), true), madeUp);
  assert.deepEqual(await credentialsOf(machine({ config: '[default]\nrole_arn = r' }), true), madeUp);
});

test('attempts: environment, profile, and the mode’s default', () => {
  const attempts = (env: Env, config = '') => maxAttempts(machine({ config }).config(), env);
  assert.equal(attempts({}), 3);
  assert.equal(attempts({ AWS_RETRY_MODE: 'legacy' }), 5);
  assert.equal(attempts({ AWS_MAX_ATTEMPTS: '7' }, '[default]\nmax_attempts = 2'), 7);
  assert.equal(attempts({}, '[default]\nmax_attempts = 2'), 2);
  assert.throws(() => attempts({ AWS_MAX_ATTEMPTS: '0' }), {
    exitCode: 255,
    message: /max_attempts": 0 must be/,
  });
  assert.throws(() => attempts({ AWS_MAX_ATTEMPTS: 'x' }), {
    exitCode: 255,
    message: "invalid literal for int() with base 10: 'x'",
  });
  assert.throws(() => attempts({ AWS_RETRY_MODE: 'x' }), { exitCode: 255, message: /"mode": "x"/ });
});

test('timeouts are sixty seconds, or what the options say; proxies are not for the local Busbar', () => {
  const proxy = { HTTP_PROXY: 'http://proxy:1' };
  const settings = ({ io, options, config }: Machine) =>
    connectionSettings(options, config(), { io, endpoint: findEndpoint(options, config(), io) });
  const local = settings(machine({}, proxy));
  assert.deepEqual(local, {
    connectTimeoutMs: 60_000,
    readTimeoutMs: 60_000,
    verifySsl: true,
    caBundle: undefined,
    proxyEnv: {},
  });
  const argv = ['--cli-read-timeout', '0', '--cli-connect-timeout', '5', '--endpoint-url', 'http://x'];
  const remote = settings(machine({}, proxy, argv));
  assert.equal(remote.readTimeoutMs, 0);
  assert.equal(remote.connectTimeoutMs, 5000);
  assert.equal(remote.proxyEnv['HTTP_PROXY'], 'http://proxy:1');
  assert.throws(() => settings(machine({}, { AWS_CA_BUNDLE: '/nope' }, ['--endpoint-url', 'https://x'])), {
    exitCode: 255,
    message: 'Could not find a suitable TLS CA certificate bundle, invalid path: /nope',
  });
});
