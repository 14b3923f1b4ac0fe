import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { run } from './cli-run.ts';
import {
  accessKeyOf,
  type CredentialServices,
  startCredentialServices,
  stsRefusal,
} from './credential-services.ts';

const PROGRAM = fileURLToPath(new URL('../src/cli/run.ts', import.meta.url));
const ROLE = 'arn:aws:iam::111111111111:role';
const BASE = '[profile base]\naws_access_key_id = BASE\naws_secret_access_key = secret\n';

interface Ran {
  readonly code: number;
  readonly stderr: string;
}

interface Machine {
  readonly home: string;
  readonly services: CredentialServices;
  /** Lists event buses; the provider reads the environment of its process, so it is one of its own. */
  run(argv?: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ran>;
}

async function machine(
  t: TestContext,
  config: string,
  files: Readonly<Record<string, string>> = {},
): Promise<Machine> {
  const services = await startCredentialServices(t);
  const home = mkdtempSync(join(tmpdir(), 'busbar-home-'));
  t.after(() => rmSync(home, { recursive: true, force: true }));
  for (const [name, text] of Object.entries({ '.aws/config': config, ...files })) {
    mkdirSync(dirname(join(home, name)), { recursive: true });
    writeFileSync(join(home, name), text);
  }
  const run = (argv: readonly string[] = [], env: Readonly<Record<string, string>> = {}) =>
    new Promise<Ran>((resolve) => {
      const line = [
        'events',
        'list-event-buses',
        '--endpoint-url',
        services.url,
        '--region',
        'eu-west-1',
        ...argv,
      ];
      const all = {
        PATH: process.env['PATH'] ?? '',
        HOME: home,
        AWS_ENDPOINT_URL_STS: services.url,
        AWS_ENDPOINT_URL_SSO: services.url,
        AWS_EC2_METADATA_DISABLED: 'true',
        AWS_MAX_ATTEMPTS: '1',
        ...env,
      };
      // In a session of its own, or somebody at a terminal would be asked for a code.
      const child = spawn(process.execPath, [PROGRAM, ...line], { env: all, cwd: home, detached: true });
      let stderr = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        stderr += text;
      });
      child.stdout.resume();
      child.stdin.end();
      child.on('close', (code) => resolve({ code: code ?? -1, stderr }));
    });
  return { home, services, run };
}

function callsOf({ services }: Machine, action: string) {
  return services.asked.filter(({ form }) => form['Action'] === action);
}

const OK: Ran = { code: 0, stderr: '' };

test('a role is assumed with the credentials of its source profile, and kept for the next command', async (t) => {
  const here = await machine(
    t,
    `${BASE}[profile one]\nrole_arn = ${ROLE}/one\nsource_profile = base\nexternal_id = ext\n` +
      'role_session_name = me\nduration_seconds = 900\n',
  );
  assert.deepEqual(await here.run(['--profile', 'one']), OK);
  assert.deepEqual(here.services.lastCaller(), ['ROLE-one', 'token of ROLE-one']);
  const [call] = callsOf(here, 'AssumeRole');
  assert.equal(accessKeyOf(call?.headers ?? {}), 'BASE');
  const { Action: _, Version: __, ...sent } = call?.form ?? {};
  const role = { RoleArn: `${ROLE}/one`, RoleSessionName: 'me', ExternalId: 'ext', DurationSeconds: '900' };
  assert.deepEqual(sent, role);

  assert.deepEqual(await here.run(['--profile', 'one']), OK);
  assert.equal(callsOf(here, 'AssumeRole').length, 1);
  const [name = ''] = readdirSync(join(here.home, '.aws/cli/cache'));
  // The name is the AWS CLI's: the hash of the arguments as Python writes them.
  const written = `{"DurationSeconds": 900, "ExternalId": "ext", "RoleArn": "${ROLE}/one", "RoleSessionName": "me"}`;
  assert.equal(name, `${createHash('sha1').update(written).digest('hex')}.json`);
  const file = join(here.home, '.aws/cli/cache', name);
  assert.equal(statSync(file).mode & 0o777, 0o600);

  const kept = JSON.parse(readFileSync(file, 'utf8'));
  kept.Credentials.Expiration = new Date(Date.now() + 10 * 60_000).toISOString();
  writeFileSync(file, JSON.stringify(kept));
  assert.deepEqual(await here.run(['--profile', 'one']), OK);
  assert.equal(callsOf(here, 'AssumeRole').length, 2);
});

test('what the AWS CLI keeps of a role is used', async (t) => {
  const here = await machine(t, `${BASE}[default]\nrole_arn = ${ROLE}/one\nsource_profile = base\n`);
  const name = createHash('sha1').update(`{"RoleArn": "${ROLE}/one"}`).digest('hex');
  mkdirSync(join(here.home, '.aws/cli/cache'), { recursive: true });
  writeFileSync(
    join(here.home, '.aws/cli/cache', `${name}.json`),
    '{"Credentials": {"AccessKeyId": "KEPT", "SecretAccessKey": "s", "SessionToken": "t", "Expiration": "2099-01-01T00:00:00UTC"}, "AssumedRoleUser": {}}',
  );
  assert.deepEqual(await here.run(), OK);
  assert.deepEqual(here.services.lastCaller(), ['KEPT', 't']);
});

test('roles in a chain, and a profile that is its own source', async (t) => {
  const here = await machine(
    t,
    `${BASE}[profile first]\nrole_arn = ${ROLE}/first\nsource_profile = base\n` +
      `[profile second]\nrole_arn = ${ROLE}/second\nsource_profile = first\n` +
      `[default]\nrole_arn = ${ROLE}/own\nsource_profile = default\naws_access_key_id = OWN\naws_secret_access_key = s\n`,
  );
  assert.deepEqual(await here.run(['--profile', 'second']), OK);
  assert.equal(here.services.lastCaller()[0], 'ROLE-second');
  assert.deepEqual(await here.run(), OK);
  assert.equal(here.services.lastCaller()[0], 'ROLE-own');
  const callers = callsOf(here, 'AssumeRole').map(({ headers }) => accessKeyOf(headers));
  assert.deepEqual(callers, ['BASE', 'ROLE-first', 'OWN']);
});

test('a role whose source is the environment, the container or the machine', async (t) => {
  const profile = (name: string) =>
    `[profile ${name}]\nrole_arn = ${ROLE}/${name}\ncredential_source = ${name}\n`;
  const here = await machine(
    t,
    ['Environment', 'EcsContainer', 'Ec2InstanceMetadata'].map(profile).join('') +
      '[profile odd]\nrole_arn = x\ncredential_source = Thin Air\n',
  );
  const { url } = here.services;
  const pair = { AWS_ACCESS_KEY_ID: 'ENV', AWS_SECRET_ACCESS_KEY: 's' };
  assert.deepEqual(await here.run(['--profile', 'Environment'], pair), OK);
  const container = { AWS_CONTAINER_CREDENTIALS_FULL_URI: `${url}/container` };
  assert.deepEqual(await here.run(['--profile', 'EcsContainer'], container), OK);
  const metadata = { AWS_EC2_METADATA_DISABLED: 'false', AWS_EC2_METADATA_SERVICE_ENDPOINT: url };
  assert.deepEqual(await here.run(['--profile', 'Ec2InstanceMetadata'], metadata), OK);
  const callers = callsOf(here, 'AssumeRole').map(({ headers }) => accessKeyOf(headers));
  assert.deepEqual(callers, ['ENV', 'CONTAINER', 'MACHINE']);
  assert.deepEqual(await here.run(['--profile', 'odd']), {
    code: 255,
    stderr: '\nThe credential source "Thin Air" referenced in profile "odd" is not valid.\n',
  });
  rmSync(join(here.home, '.aws/cli/cache'), { recursive: true });
  assert.deepEqual(await here.run(['--profile', 'Environment']), {
    code: 255,
    stderr:
      '\nError when retrieving credentials from Environment: No credentials found in credential_source referenced in profile Environment\n',
  });
});

test('roles that nobody can assume are told before anybody is asked', async (t) => {
  const here = await machine(
    t,
    `${BASE}[profile none]\nrole_arn = x\n[profile both]\nrole_arn = x\nsource_profile = base\ncredential_source = Environment\n` +
      '[profile nowhere]\nrole_arn = x\nsource_profile = gone\n[profile empty]\nregion = x\n' +
      '[profile bare]\nrole_arn = x\nsource_profile = empty\n' +
      '[profile here]\nrole_arn = x\nsource_profile = there\n[profile there]\nrole_arn = x\nsource_profile = here\n',
  );
  const told = async (profile: string) => {
    const { code, stderr } = await here.run(['--profile', profile]);
    assert.equal(code, 255);
    return stderr.trim();
  };
  assert.equal(
    await told('none'),
    'Partial credentials found in assume-role, missing: source_profile or credential_source',
  );
  assert.equal(await told('both'), 'The profile "both" contains both source_profile and credential_source.');
  assert.equal(
    await told('nowhere'),
    'The source_profile "gone" referenced in the profile "nowhere" does not exist.',
  );
  assert.equal(await told('bare'), 'The source profile "empty" must have credentials.');
  assert.equal(
    await told('here'),
    "Infinite loop in credential configuration detected. Attempting to load from profile here which has already been visited. Visited profiles: ['here', 'there']",
  );
  assert.equal(here.services.asked.length, 0);
});

test('what STS refuses is told in its words, and what does not answer by its address', async (t) => {
  const here = await machine(t, `${BASE}[default]\nrole_arn = ${ROLE}/one\nsource_profile = base\n`);
  here.services.refuse(
    ({ form }) => form['Action'] === 'AssumeRole',
    stsRefusal('AccessDenied', 'User: x is not authorized to perform: sts:AssumeRole'),
  );
  assert.deepEqual(await here.run(), {
    code: 254,
    stderr:
      '\nAn error occurred (AccessDenied) when calling the AssumeRole operation: User: x is not authorized to perform: sts:AssumeRole\n',
  });
  assert.deepEqual(await here.run([], { AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:9' }), {
    code: 255,
    stderr: '\nCould not connect to the endpoint URL: "http://127.0.0.1:9/"\n',
  });
});

test('STS is asked again when it fails, as often as other services', async (t) => {
  const here = await machine(t, `${BASE}[default]\nrole_arn = ${ROLE}/one\nsource_profile = base\n`);
  here.services.refuse(({ form }) => form['Action'] === 'AssumeRole', {
    ...stsRefusal('InternalFailure', 'Sorry.'),
    status: 500,
  });
  assert.deepEqual(await here.run([], { AWS_MAX_ATTEMPTS: '2' }), {
    code: 254,
    stderr:
      '\nAn error occurred (InternalFailure) when calling the AssumeRole operation (reached max retries: 1): Sorry.\n',
  });
  assert.equal(callsOf(here, 'AssumeRole').length, 2);
});

test('a role that wants a code of an MFA device needs a terminal', async (t) => {
  const serial = 'arn:aws:iam::111111111111:mfa/me';
  const here = await machine(
    t,
    `${BASE}[default]\nrole_arn = ${ROLE}/one\nsource_profile = base\nmfa_serial = ${serial}\n`,
  );
  const { code, stderr } = await here.run();
  assert.equal(code, 255);
  assert.match(
    stderr,
    /wants a code of the MFA device arn:aws:iam::111111111111:mfa\/me, and there is no terminal/,
  );
  assert.equal(here.services.asked.length, 0);
});

test('web identities of the environment and of a profile', async (t) => {
  const here = await machine(
    t,
    `[default]\naws_access_key_id = FILE\naws_secret_access_key = s\n` +
      `[profile web]\nrole_arn = ${ROLE}/web\nweb_identity_token_file = web-token\nrole_session_name = me\n`,
    { 'web-token': 'of the profile', token: 'of the environment' },
  );
  const env = { AWS_WEB_IDENTITY_TOKEN_FILE: join(here.home, 'token'), AWS_ROLE_ARN: `${ROLE}/pod` };
  assert.deepEqual(await here.run([], env), OK);
  assert.deepEqual(here.services.lastCaller(), ['ROLE-pod', 'token of ROLE-pod']);
  assert.deepEqual(await here.run(['--profile', 'web'], env), OK);
  assert.equal(here.services.lastCaller()[0], 'ROLE-web');
  const calls = callsOf(here, 'AssumeRoleWithWebIdentity');
  assert.deepEqual(
    calls.map(({ form, headers }) => [form['WebIdentityToken'], headers.authorization]),
    [
      ['of the environment', undefined],
      ['of the profile', undefined],
    ],
  );
  assert.equal(calls[1]?.form['RoleSessionName'], 'me');
  assert.deepEqual(await here.run(), OK);
  assert.equal(here.services.lastCaller()[0], 'FILE');

  rmSync(join(here.home, '.aws/cli/cache'), { recursive: true });
  const missing = { ...env, AWS_WEB_IDENTITY_TOKEN_FILE: '/nonexistent/token' };
  assert.deepEqual(await here.run([], missing), {
    code: 255,
    stderr: "\n[Errno 2] No such file or directory: '/nonexistent/token'\n",
  });
  const noRole = await here.run([], { AWS_WEB_IDENTITY_TOKEN_FILE: join(here.home, 'token') });
  assert.equal(noRole.code, 255);
  assert.match(noRole.stderr, /configured to assume role with web identity but has no role ARN configured/);
});

const SSO_PROFILE = 'sso_account_id = 111111111111\nsso_role_name = dev\n';
const SSO_SESSION = 'sso_start_url = https://start.test\nsso_region = eu-west-1\n';
const tokenFile = (of: string) => `.aws/sso/cache/${createHash('sha1').update(of).digest('hex')}.json`;
const token = (minutes: number) =>
  JSON.stringify({
    accessToken: 'sso-token',
    expiresAt: new Date(Date.now() + minutes * 60_000).toISOString(),
  });

test('SSO sessions, in the form with a section and in the one without', async (t) => {
  const here = await machine(
    t,
    `[default]\nsso_session = s\n${SSO_PROFILE}[sso-session s]\n${SSO_SESSION}` +
      `[profile old]\n${SSO_PROFILE}${SSO_SESSION}`,
    // A key pair of the same profile comes after the session.
    {
      [tokenFile('s')]: token(60),
      [tokenFile('https://start.test')]: token(60),
      '.aws/credentials': '[default]\naws_access_key_id = FILE\naws_secret_access_key = s\n',
    },
  );
  for (const argv of [[], ['--profile', 'old'], []]) {
    assert.deepEqual(await here.run(argv), OK);
    assert.deepEqual(here.services.lastCaller(), ['SSO', 'token of SSO']);
  }
  const asked = here.services.asked.filter(({ url }) => url.pathname === '/federation/credentials');
  assert.equal(asked.length, 2);
  for (const { url, headers } of asked) {
    assert.deepEqual(Object.fromEntries(url.searchParams), { role_name: 'dev', account_id: '111111111111' });
    assert.equal(headers['x-amz-sso_bearer_token'], 'sso-token');
  }
  const kept = readdirSync(join(here.home, '.aws/cli/cache')).sort();
  const names = ['{"accountId":"111111111111","roleName":"dev","sessionName":"s"}'].concat(
    '{"accountId":"111111111111","roleName":"dev","startUrl":"https://start.test"}',
  );
  assert.deepEqual(kept, names.map((text) => `${createHash('sha1').update(text).digest('hex')}.json`).sort());
});

test('SSO sessions that ended, that are refused, or that were never there', async (t) => {
  const here = await machine(
    t,
    `[default]\nsso_session = s\n${SSO_PROFILE}[sso-session s]\n${SSO_SESSION}` +
      `[profile ended]\n${SSO_PROFILE}${SSO_SESSION}` +
      `[profile gone]\nsso_session = t\n${SSO_PROFILE}[sso-session t]\n${SSO_SESSION}` +
      `[profile lost]\nsso_session = u\n${SSO_PROFILE}` +
      `[profile part]\n${SSO_PROFILE}`,
    { [tokenFile('s')]: token(60), [tokenFile('https://start.test')]: token(-1) },
  );
  const ended =
    '\nThe SSO session associated with this profile has expired or is otherwise invalid. To refresh this SSO session run aws sso login with the corresponding profile.\n';
  assert.deepEqual(await here.run(['--profile', 'ended']), { code: 255, stderr: ended });
  assert.deepEqual(await here.run(['--profile', 'gone']), {
    code: 255,
    stderr: '\nError loading SSO Token: Token for t does not exist\n',
  });
  assert.deepEqual(await here.run(['--profile', 'lost']), {
    code: 255,
    stderr: '\nThe specified sso-session does not exist: "u"\n',
  });
  assert.deepEqual(await here.run(['--profile', 'part']), {
    code: 255,
    stderr:
      '\nThe profile "part" is configured to use SSO but is missing required configuration: sso_start_url, sso_region\n',
  });
  here.services.refuse(({ url }) => url.pathname === '/federation/credentials', {
    status: 401,
    body: '{"__type":"UnauthorizedException","message":"Session token not found or invalid"}',
  });
  assert.deepEqual(await here.run(), { code: 255, stderr: ended });
});

test('a session of aws login', async (t) => {
  const session = 'arn:aws:iam::111111111111:user/me';
  const name = createHash('sha256').update(session).digest('hex');
  const accessToken = {
    accessKeyId: 'LOGIN',
    secretAccessKey: 's',
    sessionToken: 'of the login',
    accountId: '111111111111',
    expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
  };
  const kept = {
    accessToken,
    tokenType: 'aws_sigv4',
    refreshToken: 'r',
    idToken: 'i',
    clientId: 'c',
    dpopKey: 'k',
  };
  const here = await machine(t, `[default]\nlogin_session = ${session}\n`, {
    [`.aws/login/cache/${name}.json`]: JSON.stringify(kept),
  });
  assert.deepEqual(await here.run(), OK);
  assert.deepEqual(here.services.lastCaller(), ['LOGIN', 'of the login']);
});

test('an SSO session that nears its end is renewed, and so is its file', async (t) => {
  const here = await machine(t, `[default]\nsso_session = s\n${SSO_PROFILE}[sso-session s]\n${SSO_SESSION}`, {
    [tokenFile('s')]: JSON.stringify({
      ...JSON.parse(token(1)),
      clientId: 'c',
      clientSecret: 'cs',
      refreshToken: 'r',
      registrationExpiresAt: '2099-01-01T00:00:00Z',
    }),
  });
  assert.deepEqual(await here.run([], { AWS_ENDPOINT_URL_SSO_OIDC: here.services.url }), OK);
  assert.equal(here.services.lastCaller()[0], 'SSO');
  const renewal = here.services.asked.find(({ url }) => url.pathname === '/token');
  assert.equal(JSON.parse(renewal?.body ?? '{}').refreshToken, 'r');
  const asked = here.services.asked.find(({ url }) => url.pathname === '/federation/credentials');
  assert.equal(asked?.headers['x-amz-sso_bearer_token'], 'renewed');
  const kept = JSON.parse(readFileSync(join(here.home, tokenFile('s')), 'utf8'));
  assert.equal(kept.accessToken, 'renewed');
});

test('a session of aws login is renewed with its key; one that is gone or over is told', async (t) => {
  const session = 'arn:aws:iam::111111111111:user/me';
  const file = `.aws/login/cache/${createHash('sha256').update(session).digest('hex')}.json`;
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ended = {
    accessToken: {
      accessKeyId: 'OLD',
      secretAccessKey: 's',
      sessionToken: 't',
      accountId: '111111111111',
      expiresAt: '2025-01-01T00:00:00Z',
    },
    tokenType: 'aws_sigv4',
    refreshToken: 'r',
    idToken: 'i',
    clientId: 'c',
    dpopKey: privateKey.export({ type: 'sec1', format: 'pem' }),
  };
  const here = await machine(
    t,
    `[default]\nlogin_session = ${session}\n[profile gone]\nlogin_session = x\n`,
    { [file]: JSON.stringify(ended) },
  );
  const env = { AWS_ENDPOINT_URL_SIGNIN: here.services.url };
  assert.deepEqual(await here.run([], env), OK);
  assert.equal(here.services.lastCaller()[0], 'LOGIN');
  const renewal = here.services.asked.find(({ url }) => url.pathname === '/v1/token');
  assert.match(String(renewal?.headers['dpop']), /^[\w-]+\.[\w-]+\.[\w-]+$/);
  assert.equal(JSON.parse(readFileSync(join(here.home, file), 'utf8')).accessToken.accessKeyId, 'LOGIN');

  assert.deepEqual(await here.run(['--profile', 'gone'], env), {
    code: 255,
    stderr:
      "\nError loading login session token: Unable to load a existing login session for session x. Please reauthenticate with 'aws login'.\n",
  });
  writeFileSync(join(here.home, file), JSON.stringify(ended));
  here.services.refuse(({ url }) => url.pathname === '/v1/token', {
    status: 400,
    body: '{"__type":"AccessDeniedException","error":"TOKEN_EXPIRED","message":"expired"}',
  });
  assert.deepEqual(await here.run([], env), {
    code: 255,
    stderr:
      "\nYour session has expired or credentials have changed. Please reauthenticate using 'aws login'.\n",
  });
});

test('the container’s credentials come after files', async (t) => {
  const here = await machine(t, '[profile file]\naws_access_key_id = FILE\naws_secret_access_key = s\n', {
    'auth-token': 'of the file',
  });
  const { services } = here;
  const env = { AWS_CONTAINER_CREDENTIALS_FULL_URI: `${services.url}/container` };
  assert.deepEqual(await here.run([], { ...env, AWS_CONTAINER_AUTHORIZATION_TOKEN: 'plain' }), OK);
  assert.deepEqual(services.lastCaller(), ['CONTAINER', 'token of CONTAINER']);
  const tokenPath = join(here.home, 'auth-token');
  assert.deepEqual(await here.run([], { ...env, AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: tokenPath }), OK);
  const containers = services.asked.filter(({ url }) => url.pathname === '/container');
  assert.deepEqual(
    containers.map(({ headers }) => headers.authorization),
    ['plain', 'of the file'],
  );
  assert.deepEqual(await here.run(['--profile', 'file'], env), OK);
  assert.equal(services.lastCaller()[0], 'FILE');
});

test('the machine’s role comes last; the local Busbar asks nobody', async (t) => {
  const here = await machine(t, `${BASE}[profile one]\nrole_arn = ${ROLE}/one\nsource_profile = base\n`);
  const { services } = here;
  const env = { AWS_EC2_METADATA_DISABLED: 'false', AWS_EC2_METADATA_SERVICE_ENDPOINT: services.url };
  assert.deepEqual(await here.run([], env), OK);
  assert.deepEqual(services.lastCaller(), ['MACHINE', 'token of MACHINE']);
  const first = services.asked[0];
  assert.equal(first?.method, 'PUT');
  const asked = services.asked.length;

  const local = { ...env, BUSBAR_ENDPOINT_URL: services.url };
  for (const argv of [[], ['--profile', 'one']]) {
    assert.deepEqual(await here.run(argv, local), OK);
    assert.deepEqual(services.lastCaller(), ['busbar', undefined]);
  }
  assert.equal(services.asked.length, asked + 2);

  services.refuse(({ url }) => url.pathname.startsWith('/latest'), { status: 404, body: '' });
  assert.deepEqual(await here.run([], env), {
    code: 253,
    stderr: '\nUnable to locate credentials. You can configure credentials by running "aws configure".\n',
  });
});

test('a code of an MFA device is asked for once for the time that the credentials last', async (t) => {
  const serial = 'arn:aws:iam::111111111111:mfa/me';
  const here = await machine(t, '');
  writeFileSync(
    join(here.home, '.aws/config'),
    `${BASE}[default]\nrole_arn = ${ROLE}/one\nsource_profile = base\nmfa_serial = ${serial}\nendpoint_url = ${here.services.url}\n`,
  );
  const asked: string[] = [];
  const askSecret = async (question: string) => {
    asked.push(question);
    return '123456';
  };
  const env = { HOME: here.home, AWS_REGION: 'eu-west-1' };
  for (let time = 0; time < 2; time += 1) {
    const { code, stderr } = await run(['events', 'list-event-buses'], { env, askSecret });
    assert.equal(code, 0, stderr);
    assert.equal(here.services.lastCaller()[0], 'ROLE-one');
  }
  assert.deepEqual(asked, [`Enter MFA code for ${serial}: `]);
  const [call] = callsOf(here, 'AssumeRole');
  assert.deepEqual([call?.form['SerialNumber'], call?.form['TokenCode']], [serial, '123456']);
});
