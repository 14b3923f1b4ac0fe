import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { type TestContext, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { CONFIGURED, folder, type Reply, run, serve } from './cli-run.ts';

const USAGE = `
usage: busbar [options] <command> <subcommand> [<subcommand> ...] [parameters]
To see help text, you can run:

  busbar help
  busbar <command> help
  busbar <command> <subcommand> help

`;

const SYNTAX: readonly (readonly [argv: readonly string[], message: string])[] = [
  [['events'], 'busbar: error: the following arguments are required: operation'],
  [['--region', 'x'], 'busbar: error: the following arguments are required: command'],
  [['events', 'put-events'], 'busbar: error: the following arguments are required: --entries'],
  [['events', 'put-targets'], 'busbar: error: the following arguments are required: --rule, --targets'],
  [
    ['events', 'list-rules', '--no'],
    'busbar: error: ambiguous option: --no could match --no-verify-ssl, --no-paginate, --no-sign-request, --no-cli-pager, --no-cli-auto-prompt',
  ],
  [
    ['events', 'list-archives', '--name-prefix', '-x'],
    'busbar: error: argument --name-prefix: expected one argument',
  ],
  [
    ['events', 'list-rules', '--page-size', 'abc'],
    "busbar: error: argument --page-size: invalid int value: 'abc'",
  ],
  [
    ['events', 'delete-rule', '--name', 'r', '--force=true'],
    "busbar: error: argument --force: ignored explicit argument 'true'",
  ],
  [['events', 'delete-rule', '--name', 'r', '--force', 'true'], 'Unknown options: true'],
  [
    ['events', 'delete-rule', 'a', '--name', 'r', 'b', '--bogus', 'c', '--more=1', 'd'],
    'Unknown options: b, --bogus, c, --more=1, d, a',
  ],
  [['events', 'list-archives', '--max-items', '1'], 'Unknown options: --max-items, 1'],
  [
    ['events', 'list-rules', '--color', 'blue'],
    `busbar: error: argument --color: Invalid choice, valid choices are:\n\n${'on'.padEnd(40)} | ${'off'.padEnd(40)}\n${'auto'.padEnd(40)}`,
  ],
];

test('command lines that can’t be read: usage and exit 252', async () => {
  for (const [argv, message] of SYNTAX) {
    const ran = await run(argv);
    assert.deepEqual(ran, { code: 252, stdout: '', stderr: `${USAGE}${message}\n` }, argv.join(' '));
  }
});

test('an unknown operation: all of them, and what may have been meant', async () => {
  const { code, stderr } = await run(['events', 'put-event']);
  assert.equal(code, 252);
  assert.ok(
    stderr.startsWith(`${USAGE}busbar: error: argument operation: Invalid choice, valid choices are:\n\n`),
  );
  assert.ok(stderr.includes(`${'activate-event-source'.padEnd(40)} | ${'cancel-replay'.padEnd(40)}\n`));
  // "help" comes last, whatever its letters.
  assert.match(stderr, /enable-rule +\n?(?: \| )?list-api-destinations/);
  assert.match(stderr, /update-event-bus +(?:\n| \| )help +\n/);
  assert.ok(stderr.endsWith("\n\n\nInvalid choice: 'put-event', maybe you meant:\n\n  * put-events\n"));
});

test('an unknown command', async () => {
  const { code, stderr } = await run(['event', 'put-events']);
  assert.equal(code, 252);
  assert.match(stderr, /argument command: Invalid choice, valid choices are:/);
  assert.match(stderr, / {2}\* events\n$/);
});

test('global options stand anywhere, in full or as a prefix', async (t) => {
  const server = await serve(t, [{ body: '{"Rules":[]}' }]);
  const line = [
    '--reg',
    'us-west-2',
    'events',
    '--endp',
    server.url,
    'list-rules',
    '--out=json',
    '--name-pre',
    'x',
  ];
  assert.deepEqual(await run(line), { code: 0, stdout: '{\n    "Rules": []\n}\n', stderr: '' });
  assert.deepEqual(server.received[0]?.body, { NamePrefix: 'x' });
  assert.match(server.received[0]?.headers.authorization ?? '', /\/us-west-2\/events\//);
});

// Each line breaks this rule and all that follow; the first one is the one that is named.
test('the order of the checks', async () => {
  const wrong = {
    choice: ['--color', 'blue'],
    endpoint: ['--endpoint-url', 'nowhere'],
    operation: ['no-such'],
    required: ['put-targets'],
    unknown: ['put-targets', '--rule', '', '--targets', 'x', '--bogus'],
    shorthand: ['put-targets', '--rule', '', '--targets', 'x', '--cli-input-json', '{'],
    input: ['put-targets', '--rule', '', '--targets', 'Id=1', '--cli-input-json', '{'],
    validation: ['put-targets', '--rule', '', '--targets', 'Id=1'],
    fine: ['list-rules'],
  };
  const env = { HOME: '/nonexistent', AWS_ENDPOINT_URL: 'http://127.0.0.1:9' };
  const first = async (
    expected: string,
    argv: readonly string[],
    more: Readonly<Record<string, string>> = {},
  ) => {
    const { code, stderr } = await run(['events', ...argv], { env: { ...env, ...more } });
    const shown = `${code} ${stderr.replace(USAGE, '').trim()}`;
    assert.ok(shown.startsWith(expected), `${shown} does not begin with ${expected}`);
  };
  const profile = ['--profile', 'nope'];
  const broken = [...wrong.endpoint, ...profile];
  await first('252 busbar: error: argument --color: Invalid', [
    ...wrong.operation,
    ...wrong.choice,
    ...broken,
  ]);
  await first('252 Bad value for --endpoint-url "nowhere"', [...wrong.operation, ...broken]);
  await first('252 busbar: error: argument operation: Invalid', [...wrong.operation, ...profile]);
  await first('252 busbar: error: the following arguments are', [...wrong.required, '--bogus']);
  await first('252 Unknown options: --bogus', wrong.unknown);
  await first("252 Error parsing parameter '--targets': Expected", [...wrong.shorthand, ...profile]);
  await first("252 Error parsing parameter 'cli-input-json': In", [...wrong.input, ...profile]);
  await first('255 The config profile (nope) could not', [...wrong.validation, ...profile]);
  await first('253 You must specify a region.', wrong.validation);
  await first("255 Provided region_name 'a b'", [...wrong.validation, '--region', 'a b']);
  const region = { AWS_REGION: 'us-east-1', AWS_EC2_METADATA_DISABLED: 'true' };
  await first('252 Parameter validation failed:', wrong.validation, region);
  await first('253 Unable to locate credentials.', wrong.fine, region);
  const keys = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_MAX_ATTEMPTS: '1' };
  await first('255 Could not connect to the endpoint URL', wrong.fine, { ...region, ...keys });
});

test('an endpoint without a scheme, and one without a host', async () => {
  assert.deepEqual(await run(['events', 'list-rules', '--endpoint-url', 'x']), {
    code: 252,
    stdout: '',
    stderr:
      '\nBad value for --endpoint-url "x": scheme is missing.  Must be of the form http://<hostname>/ or https://<hostname>/\n',
  });
  assert.deepEqual(await run(['events', 'list-rules', '--endpoint-url', 'http://']), {
    code: 255,
    stdout: '',
    stderr: '\nInvalid endpoint: http://\n',
  });
});

test('an integer that is none, of an operation and of a timeout', async () => {
  for (const argv of [
    ['list-archives', '--limit', 'abc'],
    ['list-rules', '--cli-read-timeout', 'abc'],
  ]) {
    assert.deepEqual(await run(['events', ...argv]), {
      code: 255,
      stdout: '',
      stderr: "\ninvalid literal for int() with base 10: 'abc'\n",
    });
  }
});

test('kinds of parameters: text, lists of text, integers, booleans, structures, times', async (t) => {
  const server = await serve(t, [{ body: '{}' }]);
  const lines: readonly (readonly [argv: readonly string[], body: unknown])[] = [
    [
      ['remove-targets', '--rule', 'r', '--ids', '1', '2', '--force'],
      { Rule: 'r', Ids: ['1', '2'], Force: true },
    ],
    [
      ['remove-targets', '--rule', 'r', '--ids', '["1","2"]', '--force', '--no-force'],
      { Rule: 'r', Ids: ['1', '2'], Force: false },
    ],
    [['list-archives', '--limit', ' +1_0 '], { Limit: 10 }],
    [
      [
        'put-targets',
        '--rule',
        'r',
        '--targets',
        'Id=1,Arn=a,RetryPolicy={MaximumRetryAttempts=2}',
        'Id=2,Arn=b',
      ],
      {
        Rule: 'r',
        Targets: [
          { Id: '1', Arn: 'a', RetryPolicy: { MaximumRetryAttempts: 2 } },
          { Id: '2', Arn: 'b' },
        ],
      },
    ],
    [
      [
        'start-replay',
        '--replay-name=r',
        '--event-source-arn=a',
        '--event-start-time=2025-01-02',
        '--event-end-time=1735776001.9',
        '--destination',
        'Arn=b,FilterArns=c',
      ],
      {
        ReplayName: 'r',
        EventSourceArn: 'a',
        EventStartTime: 1735776000,
        EventEndTime: 1735776001,
        Destination: { Arn: 'b', FilterArns: ['c'] },
      },
    ],
    [
      ['put-permission', '--condition', '{"Type":"a","Key":"b","Value":"c"}'],
      { Condition: { Type: 'a', Key: 'b', Value: 'c' } },
    ],
    [
      [
        'create-api-destination',
        '--name=n',
        '--connection-arn=c',
        '--invocation-endpoint',
        'https://example.com/*',
        '--http-method=POST',
      ],
      { Name: 'n', ConnectionArn: 'c', InvocationEndpoint: 'https://example.com/*', HttpMethod: 'POST' },
    ],
    [['list-rules', '--page-size', '5', '--starting-token', 't'], { Limit: 5, NextToken: 't' }],
    [['list-rules', '--limit', '5', '--next-token', 't'], { Limit: 5, NextToken: 't' }],
  ];
  for (const [argv] of lines) {
    const ran = await run(['events', ...argv, '--endpoint-url', server.url]);
    assert.deepEqual(ran, { code: 0, stdout: '', stderr: '' }, argv.join(' '));
  }
  assert.deepEqual(
    server.received.map((request) => request.body),
    lines.map(([, body]) => body),
  );
});

test('every operation can be called with what its skeleton holds, and its file feeds it back', async (t) => {
  const server = await serve(t, [{ body: '{}' }]);
  const { operationsByCommand } = await import('../src/cli/operations/operations-by-command.ts');
  for (const name of operationsByCommand.keys()) {
    const skeleton = await run(['events', name, '--generate-cli-skeleton'], { env: {} });
    assert.equal(skeleton.code, 0, name);
    const cwd = folder({ 'input.json': filled(skeleton.stdout) });
    const ran = await run(
      [
        'events',
        name,
        '--cli-input-json',
        'file://input.json',
        '--no-sign-request',
        '--endpoint-url',
        server.url,
      ],
      { cwd },
    );
    assert.deepEqual(ran, { code: 0, stdout: '', stderr: '' }, name);
  }
  assert.equal(server.received.length, 57);
});

// Empty texts, zeros and lists of one are below most minimums.
function filled(skeleton: string): string {
  return JSON.stringify(JSON.parse(skeleton), (_, value) => {
    if (value === '') return '123456789012';
    if (value === 0) return 60;
    return Array.isArray(value) ? [...value, ...value] : value;
  });
}

test('answers: nothing for an empty one and for operations without output; times in the local zone', async (t) => {
  const server = await serve(t, [{ body: '' }, { body: '{}' }, { body: '{"CreationTime":1700000000}' }]);
  const endpoint = ['--endpoint-url', server.url];
  assert.equal((await run(['events', 'list-rules', ...endpoint])).stdout, '');
  assert.equal((await run(['events', 'delete-rule', '--name', 'r', ...endpoint])).stdout, '');
  const shown = await run(['events', 'describe-archive', '--archive-name', 'a', ...endpoint]);
  assert.match(shown.stdout, /^\{\n {4}"CreationTime": "2023-11-1[45]T\d\d:\d\d:20[+-]\d\d:\d\d"\n\}\n$/);
  const cwd = folder({ config: '[default]\ncli_timestamp_format = wire\n' });
  const env = { ...CONFIGURED, AWS_CONFIG_FILE: `${cwd}/config` };
  const kept = await run(['events', 'describe-archive', '--archive-name', 'a', ...endpoint], { env });
  assert.equal(kept.stdout, '{\n    "CreationTime": 1700000000\n}\n');
});

test('an answer that is no JSON is an error, not silence', async (t) => {
  const server = await serve(t, [{ body: '<html>hello</html>' }]);
  const ran = await run(['events', 'list-rules', '--endpoint-url', server.url]);
  assert.equal(ran.code, 255);
  assert.match(ran.stderr, /^\nUnable to parse response, .*:\n<html>hello<\/html>\n$/);
});

test('the path of an endpoint is kept', async (t) => {
  const server = await serve(t, [{ body: '{}' }]);
  await run(['events', 'list-rules', '--endpoint-url', `${server.url}/base`]);
  assert.equal(server.received[0]?.url, '/base');
});

const INVALID: Reply = {
  status: 400,
  body: '{"__type":"com.amazon.coral#ValidationException","message":"1 validation error"}',
};
const BUSY: Reply = { status: 503, body: '{"__type":"ServiceUnavailable","Message":"busy"}' };

test('an error of the service: exit 254, once', async (t) => {
  const server = await serve(t, [INVALID]);
  assert.deepEqual(
    await run(['events', 'put-events', '--entries', 'Source=a', '--endpoint-url', server.url]),
    {
      code: 254,
      stdout: '',
      stderr:
        '\nAn error occurred (ValidationException) when calling the PutEvents operation: 1 validation error\n',
    },
  );
  assert.equal(server.received.length, 1);
});

test('what may pass is tried three times in all', async (t) => {
  const server = await serve(t, [BUSY]);
  assert.deepEqual(await run(['events', 'list-rules', '--endpoint-url', server.url]), {
    code: 254,
    stdout: '',
    stderr:
      '\nAn error occurred (ServiceUnavailable) when calling the ListRules operation (reached max retries: 2): busy\n',
  });
  assert.equal(server.received.length, 3);
  const recovers = await serve(t, [
    BUSY,
    { ...INVALID, body: '{"__type":"ThrottlingException"}' },
    { body: '{"Rules":[]}' },
  ]);
  const ran = await run(['events', 'list-rules', '--endpoint-url', recovers.url]);
  assert.equal(ran.code, 0);
  assert.equal(recovers.received.length, 3);
});

test('whatever ends the last attempt is said to be the last', async (t) => {
  const server = await serve(t, [BUSY, INVALID]);
  const env = { ...CONFIGURED, AWS_MAX_ATTEMPTS: '2' };
  const ran = await run(['events', 'list-rules', '--endpoint-url', server.url], { env });
  assert.match(
    ran.stderr,
    /^\nAn error occurred \(ValidationException\) .* \(reached max retries: 1\): 1 validation/,
  );
});

test('an impossible number of attempts is found before impossible parameters', async () => {
  const env = { ...CONFIGURED, AWS_MAX_ATTEMPTS: 'x' };
  const ran = await run(['events', 'list-rules', '--limit', '0'], { env });
  assert.equal(ran.code, 255);
  assert.match(ran.stderr, /invalid literal for int\(\)/);
});

test('timeouts: below 0 is an error, more than a timer holds is as much as it holds', async (t) => {
  for (const kind of ['connect', 'read']) {
    const ran = await run(['events', 'list-rules', `--cli-${kind}-timeout`, '-1']);
    assert.deepEqual(ran, {
      code: 255,
      stdout: '',
      stderr: `\nAttempted to set ${kind} timeout to -1, but the timeout cannot be set to a value less than or equal to 0.\n`,
    });
  }
  const server = await serve(t, [{ body: '{"Rules":[]}' }]);
  const long = ['--cli-connect-timeout', '99999999', '--cli-read-timeout', '99999999'];
  const ran = await run(['events', 'list-rules', '--endpoint-url', server.url, ...long]);
  assert.equal(ran.code, 0);
});

test('an empty --profile is none; a space before the endpoint is none of it', async (t) => {
  const server = await serve(t, [{ body: '{"Rules":[]}' }]);
  const ran = await run(['events', 'list-rules', '--profile', '', '--endpoint-url', ` ${server.url}`]);
  assert.equal(ran.code, 0);
  assert.equal(server.received.length, 1);
});

test('AWS_MAX_ATTEMPTS is obeyed', async (t) => {
  const server = await serve(t, [BUSY]);
  const env = { ...CONFIGURED, AWS_MAX_ATTEMPTS: '2' };
  const ran = await run(['events', 'list-rules', '--endpoint-url', server.url], { env });
  assert.match(ran.stderr, /\(reached max retries: 1\): busy/);
  assert.equal(server.received.length, 2);
});

// A server that never answers in HTTP: it closes at once, or keeps silent.
async function brokenServer(
  t: TestContext,
  closes: boolean,
): Promise<{ url: string; connections: () => number }> {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.on('error', () => {});
    if (closes) socket.once('data', () => socket.destroy());
    t.after(() => socket.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  t.after(() => server.close());
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    connections: () => connections,
  };
}

test('no connection, closed connections, silence: exit 255', async (t) => {
  const closing = await brokenServer(t, true);
  assert.deepEqual(await run(['events', 'list-rules', '--endpoint-url', closing.url]), {
    code: 255,
    stdout: '',
    stderr: `\nConnection was closed before we received a valid response from endpoint URL: "${closing.url}".\n`,
  });
  assert.equal(closing.connections(), 3);
  const silent = await brokenServer(t, false);
  const env = { ...CONFIGURED, AWS_MAX_ATTEMPTS: '1' };
  const late = ['events', 'list-rules', '--endpoint-url', silent.url, '--cli-read-timeout', '1'];
  assert.deepEqual(await run(late, { env }), {
    code: 255,
    stdout: '',
    stderr: `\nRead timeout on endpoint URL: "${silent.url}"\n`,
  });
});

test('nothing listens: the address, and for the local Busbar how to start it', async () => {
  // A port that was free a moment ago.
  const { url } = await new Promise<{ url: string }>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve({ url: `http://127.0.0.1:${port}/` }));
    });
  });
  assert.deepEqual(await run(['events', 'list-rules', '--endpoint-url', url]), {
    code: 255,
    stdout: '',
    stderr: `\nCould not connect to the endpoint URL: "${url}"\n`,
  });
  const env = { HOME: '/nonexistent', BUSBAR_ENDPOINT_URL: url };
  assert.deepEqual(await run(['events', 'list-rules'], { env }), {
    code: 255,
    stdout: '',
    stderr: `\nCould not connect to the endpoint URL: "${url}"\nNo Busbar is running there; start one with: busbar start\n`,
  });
});

test('a proxy that is not there, with and without a scheme; its password is not shown', async () => {
  for (const [proxy, shown] of [
    ['http://127.0.0.1:9', 'http://127.0.0.1:9'],
    ['127.0.0.1:9', 'http://127.0.0.1:9'],
    ['localhost:9', 'http://localhost:9'],
    ['//127.0.0.1:9', 'http://127.0.0.1:9'],
    ['proxy.invalid', 'http://proxy.invalid'],
    ['http://me:secret@127.0.0.1:9', 'http://***:***@127.0.0.1:9'],
  ] as const) {
    const env = { ...CONFIGURED, HTTP_PROXY: proxy, AWS_MAX_ATTEMPTS: '1' };
    const ran = await run(['events', 'list-rules', '--endpoint-url', 'http://bus.example:8/'], { env });
    assert.deepEqual(ran, {
      code: 255,
      stdout: '',
      stderr: `\nFailed to connect to proxy URL: "${shown}"\n`,
    });
  }
});

test('the local Busbar needs no region and no credentials', async (t) => {
  const server = await serve(t, [{ body: '{"Rules":[]}' }]);
  const ran = await run(['events', 'list-rules'], {
    env: { HOME: '/nonexistent', BUSBAR_ENDPOINT_URL: server.url },
  });
  assert.equal(ran.code, 0);
  assert.match(
    server.received[0]?.headers.authorization ?? '',
    /Credential=busbar\/\d{8}\/us-east-1\/events\/aws4_request/,
  );
});

test('paging options that contradict each other', async () => {
  for (const argv of [['--no-paginate'], ['--next-token', 't'], ['--limit', '1']]) {
    const ran = await run(['events', 'list-rules', '--page-size', '1', '--max-items', '1', ...argv]);
    assert.deepEqual(ran, {
      code: 252,
      stdout: '',
      stderr: '\nCannot specify --no-paginate along with pagination arguments: --page-size, --max-items\n',
    });
  }
});

test('a configured output format that does not exist is seen after the call', async (t) => {
  const server = await serve(t, [{ body: '{}' }]);
  const env = { ...CONFIGURED, AWS_DEFAULT_OUTPUT: 'bogus' };
  const failed = { code: 255, stdout: '', stderr: '\nUnknown output type: bogus\n' };
  const line = ['events', 'describe-event-bus', '--endpoint-url', server.url];
  assert.deepEqual(await run(line, { env }), failed);
  assert.equal(server.received.length, 1);
  // The first page of a list is asked for only when it can be printed.
  assert.deepEqual(await run(['events', 'list-rules', '--endpoint-url', server.url], { env }), failed);
  assert.equal(server.received.length, 1);
});

const TWO_PAGES: readonly Reply[] = [
  { body: '{"Rules":[{"Name":"a","Arn":"arn:aws:events"}],"NextToken":"t"}' },
  { body: '{"Rules":[{"Name":"b"}]}' },
];

test('--output off prints nothing, and all pages are asked for', async (t) => {
  const server = await serve(t, TWO_PAGES);
  const ran = await run(['events', 'list-rules', '--output', 'off', '--endpoint-url', server.url]);
  assert.deepEqual(ran, { code: 0, stdout: '', stderr: '' });
  assert.deepEqual(
    server.received.map(({ body }) => body),
    [{}, { NextToken: 't' }],
  );
});

test('tables know the terminal: its width, and colours unless they are off', async (t) => {
  const describe = ['events', 'describe-rule', '--name', 'a', '--output', 'table'];
  const shown = async (columns: number, more: readonly string[]) => {
    const server = await serve(t, [{ body: '{"Name":"a","Arn":"arn:aws:events"}' }]);
    return (await run([...describe, '--endpoint-url', server.url, ...more], { columns })).stdout;
  };
  const lying = await shown(80, ['--color', 'off']);
  assert.match(lying, /^\| +Arn +\| +Name +\|$/m);
  assert.match(await shown(20, ['--color', 'off']), /^\| {2}Name *\| {2}a +\|$/m);
  const colored = await shown(80, []);
  assert.ok(colored.includes('\u001b[1m\u001b[34ma\u001b[0m'));
  assert.equal(stripVTControlCharacters(colored), lying);
});

test('pages that come before an error are printed as text, and only as text and a stream', async (t) => {
  const failing = [TWO_PAGES[0] ?? { body: '' }, INVALID];
  const printed = async (format: string) => {
    const server = await serve(t, failing);
    const line = ['events', 'list-rules', '--output', format, '--endpoint-url', server.url];
    const { code, stdout } = await run(line);
    assert.equal(code, 254);
    return stdout;
  };
  assert.equal(await printed('text'), 'RULES\tarn:aws:events\ta\n');
  assert.match(await printed('yaml-stream'), /^- NextToken: t\n {2}Rules:\n/);
  assert.equal(await printed('json'), '');
  assert.equal(await printed('table'), '');
});

test('a service that repeats its token is not asked for ever', async (t) => {
  const server = await serve(t, [{ body: '{"Rules":[],"NextToken":"t"}' }]);
  const ran = await run(['events', 'list-rules', '--endpoint-url', server.url]);
  assert.deepEqual(ran, {
    code: 255,
    stdout: '',
    stderr: "\nError during pagination: The same next token was received twice: {'NextToken': 't'}\n",
  });
  assert.equal(server.received.length, 2);
});

test('a query that nests without end', async () => {
  const deep = '('.repeat(100_000);
  assert.deepEqual(await run(['events', 'list-rules', '--query', deep]), {
    code: 252,
    stdout: '',
    stderr: `\nBad value for --query ${deep}: the expression is nested too deeply\n`,
  });
});

test('an answer goes through the pager on a terminal, unless it is turned off', async (t) => {
  const server = await serve(t, [{ body: '{"Rules":[{"Name":"a"}]}' }]);
  const shown = async (
    env: Readonly<Record<string, string>>,
    more: readonly string[] = [],
    starts = true,
  ) => {
    const paged: (readonly [string, string])[] = [];
    const line = ['events', 'list-rules', '--output', 'text', '--endpoint-url', server.url, ...more];
    const { stdout } = await run(line, {
      env: { ...CONFIGURED, ...env },
      columns: 80,
      async runPager(command, text) {
        paged.push([command, text]);
        return starts;
      },
    });
    return { paged, stdout };
  };
  const text = 'RULES\ta\n';
  assert.deepEqual(await shown({}), { paged: [['less', text]], stdout: '' });
  assert.deepEqual(await shown({ PAGER: 'more' }), { paged: [['more', text]], stdout: '' });
  assert.deepEqual(await shown({ PAGER: 'more', AWS_PAGER: 'most -x' }), {
    paged: [['most -x', text]],
    stdout: '',
  });
  assert.deepEqual(await shown({ AWS_PAGER: '' }), { paged: [], stdout: text });
  assert.deepEqual(await shown({}, ['--no-cli-pager']), { paged: [], stdout: text });
  const home = folder({ config: '[default]\ncli_pager =\n' });
  assert.deepEqual(await shown({ AWS_CONFIG_FILE: `${home}/config` }), { paged: [], stdout: text });
  // A pager that can't be started costs nobody the answer.
  assert.deepEqual(await shown({}, [], false), { paged: [['less', text]], stdout: text });
  const help = await shown({}, ['help']);
  assert.match(help.paged[0]?.[1] ?? '', /^busbar events list-rules\n/);
});

test('errors as JSON', async (t) => {
  const server = await serve(t, [INVALID]);
  const line = ['events', 'list-rules', '--endpoint-url', server.url];
  const json = `{\n    "Code": "ValidationException",\n    "Message": "An error occurred (ValidationException) when calling the ListRules operation: 1 validation error"\n}\n`;
  assert.equal((await run([...line, '--cli-error-format', 'json'])).stderr, json);
  assert.equal((await run(line, { env: { ...CONFIGURED, AWS_CLI_ERROR_FORMAT: 'json' } })).stderr, json);
  const message =
    'An error occurred (ValidationException) when calling the ListRules operation: 1 validation error';
  const formatted = async (format: string) => (await run([...line, '--cli-error-format', format])).stderr;
  assert.equal(
    await formatted('yaml'),
    `Code: ValidationException\nMessage: '${message.replace('operation: 1', 'operation:\n  1')}'\n`,
  );
  assert.equal(await formatted('text'), `ValidationException\t${message}\n`);
  assert.match(await formatted('table'), /^-+\n\| +Error +\|\n\+/);
  assert.equal(await formatted('enhanced'), `\nbusbar: [ERROR]: ${message}\n`);
  assert.equal(await formatted('legacy'), `\n${message}\n`);
  const home = folder({ config: '[default]\ncli_error_format = text\n' });
  const env = { ...CONFIGURED, AWS_CONFIG_FILE: `${home}/config` };
  assert.equal((await run(line, { env })).stderr, `ValidationException\t${message}\n`);
  const unknown = await run(['events', 'list-rules', '--bogus', '--cli-error-format', 'enhanced']);
  assert.equal(
    unknown.stderr,
    '\nbusbar: [ERROR]: An error occurred (ParamValidation): Unknown options: --bogus\n',
  );
  const region = await run(['events', 'list-rules', '--cli-error-format', 'json'], {
    env: { HOME: '/nonexistent', AWS_ENDPOINT_URL: 'http://elsewhere:1' },
  });
  assert.equal(JSON.parse(region.stderr).Code, 'NoRegion');
});

test('--debug writes the exchange to stderr, without the session token', async (t) => {
  const server = await serve(t, [{ body: '{"Rules":[]}' }]);
  const env = { ...CONFIGURED, AWS_SESSION_TOKEN: 'top-secret' };
  const ran = await run(['events', 'list-rules', '--debug', '--endpoint-url', server.url], { env });
  assert.equal(ran.code, 0);
  assert.match(
    ran.stderr,
    /^POST http.*x-amz-target: AWSEvents\.ListRules\n.*HTTP 200\n\{"Rules":\[\]\}\n$/s,
  );
  assert.doesNotMatch(ran.stderr, /top-secret/);
});

test('help, by word or option, and the version', async () => {
  for (const argv of [[], ['help'], ['--help'], ['--debug', 'help']]) {
    const { code, stdout } = await run(argv);
    assert.equal(code, 0);
    assert.match(stdout, /busbar start .*busbar events <operation>/s, argv.join(' '));
  }
  for (const argv of [['help'], ['--help']]) {
    const { code, stdout } = await run(['events', ...argv]);
    assert.equal(code, 0);
    assert.match(stdout, /\n {2}put-events\n.*--endpoint-url/s);
  }
  for (const argv of [['help'], ['--help'], ['--entries=Source=a', 'help'], ['--region', 'x', 'help']]) {
    const { code, stdout } = await run(['events', 'put-events', ...argv]);
    assert.equal(code, 0);
    assert.match(stdout, /Synopsis:\n {2}put-events\n {4}--entries <value>\n {4}\[--endpoint-id <value>\]/);
    assert.match(stdout, /Shorthand: Time=timestamp,Source=string,Resources=\[string,\.\.\.\]/);
  }
  const version = await run(['events', 'list-rules', '--version']);
  assert.equal(version.code, 0);
  assert.match(version.stdout, /^busbar \d+\.\d+\.\d+\n$/);
});
