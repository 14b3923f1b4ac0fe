import { execFile } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { HandClock } from '../src/domain/clock.ts';
import { folder, type Ran, type Reply, run } from './cli-run.ts';
import { startTestBus } from './running-bus.ts';

/** One command line, behind `events`, and what it runs in. */
export interface CliCase {
  readonly argv: readonly string[];
  /** What the service answers in turn; without them a real Busbar answers. */
  readonly replies?: readonly Reply[];
  readonly env?: Readonly<Record<string, string>>;
  /** Files of the working folder; `config` is the AWS configuration. */
  readonly files?: Readonly<Record<string, string>>;
  /** Why the AWS CLI v1 answers otherwise, where it does. */
  readonly notInV1?: string;
}

/** What a command line left behind, without what differs from run to run. */
export interface Outcome extends Ran {
  readonly requests: readonly SentRequest[];
}

export interface SentRequest {
  readonly target: string;
  readonly contentType: string;
  readonly body: unknown;
  /** Key, region and service of the signature. */
  readonly scope: string;
}

/** A program that takes the command lines of `aws`. */
export type Program = (
  argv: readonly string[],
  options: { readonly env: Readonly<Record<string, string>>; readonly cwd: string },
) => Promise<Ran>;

/** Busbar's command line, in this process. */
export const busbar: Program = run;

/** An `aws` command in a process of its own. */
export function awsCommand(path: string): Program {
  return (argv, { env, cwd }) =>
    new Promise((resolve) => {
      const { PATH = '', HOME = '' } = process.env;
      execFile(path, [...argv], { env: { PATH, HOME, ...env }, cwd }, (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
      });
    });
}

/** The zone in which times are shown. */
export const ZONE = 'America/New_York';

const ACCOUNT = '111111111111';
const REGION = 'eu-central-1';

/** Runs one case against a service of its own. */
export async function play(t: TestContext, cliCase: CliCase, program: Program): Promise<Outcome> {
  const cwd = folder(cliCase.files ?? {});
  const service = await startService(t, cliCase.replies);
  const env = {
    AWS_ACCESS_KEY_ID: ACCOUNT,
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_CONFIG_FILE: join(cwd, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(cwd, 'credentials'),
    AWS_EC2_METADATA_DISABLED: 'true',
    TZ: ZONE,
    ...cliCase.env,
  };
  const endpoint = cliCase.argv.includes('--endpoint-url') ? [] : ['--endpoint-url', service.url];
  const ran = await program(['events', ...cliCase.argv, ...endpoint], { env, cwd });
  const steady = (text: string) =>
    text
      .replaceAll(service.url, '{endpoint}')
      .replaceAll(cwd, '{folder}')
      .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '{id}');
  return {
    code: ran.code,
    // The AWS CLI resets the colours after each piece that it writes, coloured or not.
    stdout: steady(ran.stdout).replaceAll('\u001b[0m', ''),
    stderr: messageOf(steady(ran.stderr)),
    requests: service.requests,
  };
}

// The versions differ in the usage that stands before a message, and in the newlines around it.
function messageOf(stderr: string): string {
  return stderr
    .replace(/\busage: [\s\S]*<subcommand> help\n/, '')
    .replace(/^busbar: /m, 'aws: ')
    .trim();
}

interface Service {
  readonly url: string;
  readonly requests: readonly SentRequest[];
}

async function startService(t: TestContext, replies: readonly Reply[] | undefined): Promise<Service> {
  const answer = replies === undefined ? await busbarAnswers(t) : cannedAnswers(replies);
  const requests: SentRequest[] = [];
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    requests.push(sentRequest(request, body));
    await answer(request, body, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

type Answer = (request: IncomingMessage, body: string, response: ServerResponse) => Promise<void>;

function cannedAnswers(replies: readonly Reply[]): Answer {
  let count = 0;
  return async (_request, _body, response) => {
    const reply = replies[Math.min(count, replies.length - 1)];
    count += 1;
    response.writeHead(reply?.status ?? 200).end(reply?.body);
  };
}

async function busbarAnswers(t: TestContext): Promise<Answer> {
  const bus = await startTestBus(t, { clock: new HandClock(Date.parse('2025-06-01T12:00:00Z')) });
  for (const [operation, body] of SETUP) {
    const { status } = await bus.call(operation, body, { account: ACCOUNT, region: REGION });
    if (status !== 200) throw new Error(`${operation} answered ${status}`);
  }
  return async (request, body, response) => {
    const { authorization = '', 'x-amz-target': target = '' } = request.headers;
    const answered = await fetch(bus.url, {
      method: 'POST',
      headers: {
        authorization,
        'x-amz-target': String(target),
        'content-type': request.headers['content-type'] ?? '',
      },
      body,
    });
    response.writeHead(answered.status).end(await answered.text());
  };
}

const QUEUE = `arn:aws:sqs:${REGION}:${ACCOUNT}:q`;

// What the real Busbar knows before the command line runs.
const SETUP: readonly (readonly [operation: string, body: unknown])[] = [
  ['PutRule', { Name: 'alpha', EventPattern: '{"source": ["my.app"]}', Description: 'two words' }],
  ['PutRule', { Name: 'bravo', EventPattern: '{"detail-type": ["order"]}' }],
  ['PutRule', { Name: 'charlie', EventPattern: '{"source": ["x"]}', State: 'DISABLED' }],
  [
    'PutTargets',
    {
      Rule: 'alpha',
      Targets: [
        {
          Id: '1',
          Arn: QUEUE,
          InputTransformer: { InputPathsMap: { id: '$.id' }, InputTemplate: '{"id": <id>}' },
        },
        { Id: '2', Arn: `${QUEUE}2`, Input: '{}' },
      ],
    },
  ],
  ['PutTargets', { Rule: 'charlie', Targets: [{ Id: '1', Arn: QUEUE }] }],
];

function sentRequest(request: IncomingMessage, body: string): SentRequest {
  const credential = /Credential=([^,/]+)\/\d{8}\/([^,]+)/.exec(request.headers.authorization ?? '');
  return {
    target: String(request.headers['x-amz-target']),
    contentType: String(request.headers['content-type']),
    body: JSON.parse(body, (name, value) =>
      // Busbar's own tokens are another each time.
      name === 'NextToken' && typeof value === 'string' && value.length > 20 ? '{token}' : value,
    ),
    scope: credential === null ? '' : `${credential[1]}/${credential[2]}`,
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  request.setEncoding('utf8');
  for await (const chunk of request) text += chunk;
  return text;
}
