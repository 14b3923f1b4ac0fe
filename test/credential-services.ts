import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';

/** What a server that gives credentials was asked. */
export interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  /** The form of a call of STS. */
  readonly form: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An answer in place of the usual one. */
export interface Refusal {
  readonly status: number;
  readonly body: string;
}

/** All that gives credentials on AWS, on one port of this machine, and a bus that takes everything. */
export interface CredentialServices {
  readonly url: string;
  /** Requests in their order, those to the bus too. */
  readonly asked: readonly Asked[];
  /** Access key and session token that the bus was called with last. */
  readonly lastCaller: () => readonly [string, string | undefined];
  /** From now on answers this to the requests that `of` picks. */
  readonly refuse: (of: (asked: Asked) => boolean, refusal: Refusal) => void;
}

const END = '2099-01-01T00:00:00Z';

/** Starts them for one test. Keys tell by their names where they come from: ROLE-name, SSO, LOGIN, CONTAINER, MACHINE. */
export async function startCredentialServices(t: TestContext): Promise<CredentialServices> {
  const asked: Asked[] = [];
  const refusals: { of: (asked: Asked) => boolean; refusal: Refusal }[] = [];
  const server = createServer(async (request, response) => {
    const { method = '', headers, url = '' } = request;
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    const form = Object.fromEntries(new URLSearchParams(body));
    const question = { method, headers, url: new URL(url, 'http://x'), form, body };
    asked.push(question);
    const { status, body: text } = refusals.find(({ of }) => of(question))?.refusal ?? answer(question);
    response.writeHead(status).end(text);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    lastCaller: () => {
      const headers = asked.findLast((one) => one.headers['x-amz-target'] !== undefined)?.headers ?? {};
      const token = headers['x-amz-security-token'];
      return [accessKeyOf(headers), token === undefined ? undefined : String(token)];
    },
    refuse: (of, refusal) => refusals.push({ of, refusal }),
  };
}

/** The access key of a signature. */
export function accessKeyOf(headers: IncomingMessage['headers']): string {
  return /Credential=([^/]+)\//.exec(String(headers.authorization))?.[1] ?? '';
}

function answer(asked: Asked): Refusal {
  const { url, form, method, headers } = asked;
  if (headers['x-amz-target'] !== undefined) return { status: 200, body: '{"EventBuses":[]}' };
  if (form['Action'] !== undefined)
    return { status: 200, body: assumed(form['Action'], form['RoleArn'] ?? '') };
  if (url.pathname === '/federation/credentials') {
    const roleCredentials = { ...keys('SSO'), expiration: Date.parse(END) };
    return { status: 200, body: JSON.stringify({ roleCredentials }) };
  }
  if (url.pathname === '/token') {
    return {
      status: 200,
      body: '{"accessToken":"renewed","expiresIn":3600,"refreshToken":"r2","tokenType":"Bearer"}',
    };
  }
  if (url.pathname === '/v1/token') {
    const tokens = { accessToken: keys('LOGIN'), tokenType: 'aws_sigv4', expiresIn: 900, refreshToken: 'r2' };
    return { status: 200, body: JSON.stringify(tokens) };
  }
  if (url.pathname === '/container') return { status: 200, body: given('CONTAINER') };
  if (method === 'PUT' && url.pathname === '/latest/api/token') return { status: 200, body: 'imds-token' };
  if (url.pathname === '/latest/meta-data/iam/security-credentials/') return { status: 200, body: 'my-role' };
  if (url.pathname.endsWith('/my-role')) return { status: 200, body: given('MACHINE') };
  return { status: 404, body: '' };
}

function keys(accessKeyId: string) {
  return { accessKeyId, secretAccessKey: 'secret', sessionToken: `token of ${accessKeyId}` };
}

// As the container's and the machine's services write it.
function given(AccessKeyId: string): string {
  return JSON.stringify({
    Code: 'Success',
    AccessKeyId,
    SecretAccessKey: 'secret',
    Token: `token of ${AccessKeyId}`,
    Expiration: END,
  });
}

function assumed(action: string, roleArn: string): string {
  const name = roleArn.split('/').at(-1);
  return `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result>
<AssumedRoleUser><Arn>arn:aws:sts::111111111111:assumed-role/${name}/s</Arn><AssumedRoleId>A:s</AssumedRoleId></AssumedRoleUser>
<Credentials><AccessKeyId>ROLE-${name}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
<SessionToken>token of ROLE-${name}</SessionToken><Expiration>${END}</Expiration></Credentials>
</${action}Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></${action}Response>`;
}

/** How STS says no. */
export function stsRefusal(code: string, message: string): Refusal {
  return {
    status: 403,
    body: `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
  };
}
