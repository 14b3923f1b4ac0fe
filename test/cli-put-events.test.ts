import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CONFIGURED, folder, type Reply, run, serve } from './cli-run.ts';

const ACCEPTED: Reply = {
  body: '{"FailedEntryCount":0,"Entries":[{"EventId":"11710aed-b79e-4468-a20b-bb3c0c3b4860"}]}',
};
const PRINTED = `{
    "FailedEntryCount": 0,
    "Entries": [
        {
            "EventId": "11710aed-b79e-4468-a20b-bb3c0c3b4860"
        }
    ]
}
`;

const PUT = ['events', 'put-events'];

test('shorthand goes over the wire as the service reads it, and the answer is printed', async (t) => {
  const server = await serve(t, [ACCEPTED]);
  const entry =
    'Time=2025-01-02T03:04:05.999Z,Source=my.app,Resources=a,b,DetailType=two words,Detail="{\\"k\\": [1]}"';
  const ran = await run([...PUT, '--entries', entry, '--endpoint-url', server.url]);
  assert.deepEqual(ran, { code: 0, stdout: PRINTED, stderr: '' });
  const [request] = server.received;
  assert.equal(request?.target, 'AWSEvents.PutEvents');
  assert.equal(request?.url, '/');
  assert.equal(request?.headers['content-type'], 'application/x-amz-json-1.1');
  assert.deepEqual(request?.body, {
    Entries: [
      {
        Time: 1735787045,
        Source: 'my.app',
        Resources: ['a', 'b'],
        DetailType: 'two words',
        Detail: '{"k": [1]}',
      },
    ],
  });
});

test('the request is signed for the region and service', async (t) => {
  const server = await serve(t, [ACCEPTED]);
  const env = { ...CONFIGURED, AWS_SESSION_TOKEN: 'token' };
  await run([...PUT, '--entries', 'Source=a', '--endpoint-url', server.url], { env });
  const { authorization, host, ...headers } = server.received[0]?.headers ?? {};
  assert.match(
    authorization ?? '',
    /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/events\/aws4_request, SignedHeaders=[a-z0-9;-]*host;[a-z0-9;-]*, Signature=[0-9a-f]{64}$/,
  );
  assert.equal(host, server.url.slice('http://'.length));
  assert.equal(headers['x-amz-security-token'], 'token');
  assert.match(String(headers['x-amz-date']), /^\d{8}T\d{6}Z$/);
});

test('--no-sign-request needs no credentials and sends no signature', async (t) => {
  const server = await serve(t, [ACCEPTED]);
  const env = { HOME: '/nonexistent', AWS_REGION: 'eu-west-1' };
  const ran = await run(
    [...PUT, '--entries', 'Source=a', '--no-sign-request', '--endpoint-url', server.url],
    {
      env,
    },
  );
  assert.equal(ran.code, 0);
  assert.equal(server.received[0]?.headers.authorization, undefined);
});

test('entries are words of shorthand, words of JSON, or one JSON list', async (t) => {
  const server = await serve(t, [ACCEPTED]);
  const forms = [
    ['Source=a', 'Source=b'],
    ['{"Source":"a"}', '{"Source":"b"}'],
    ['[{"Source":"a"},{"Source":"b"}]'],
    [' [{"Source":"a"},\n{"Source":"b"}]'],
  ];
  for (const words of forms) await run([...PUT, '--entries', ...words, '--endpoint-url', server.url]);
  assert.deepEqual(
    server.received.map((request) => request.body),
    forms.map(() => ({ Entries: [{ Source: 'a' }, { Source: 'b' }] })),
  );
});

test('entries come from a file: a JSON list, one object, or shorthand', async (t) => {
  const server = await serve(t, [ACCEPTED]);
  const cwd = folder({
    'putevents.json': '[{"Source": "a", "Resources": ["r"]}]\n',
    'one.json': '{"Source": "a", "Resources": ["r"]}\n',
    'shorthand.txt': 'Source=a,Resources=r\n',
    'bom.json': '\ufeff[{"Source": "a", "Resources": ["r"]}]',
  });
  for (const name of ['putevents.json', 'one.json', 'shorthand.txt', 'bom.json']) {
    const ran = await run([...PUT, '--entries', `file://${name}`, '--endpoint-url', server.url], { cwd });
    assert.equal(ran.code, 0, `${name}: ${ran.stderr}`);
  }
  for (const { body } of server.received) {
    assert.deepEqual(body, { Entries: [{ Source: 'a', Resources: ['r'] }] });
  }
});

test('a file in shorthand, standard input, and variables in paths', async (t) => {
  const server = await serve(t, [ACCEPTED]);
  const cwd = folder({ 'detail.json': '{"k": 1}' });
  const endpoint = ['--endpoint-url', server.url];
  await run([...PUT, '--entries', 'Source=a,Detail@=file://detail.json', ...endpoint], { cwd });
  await run([...PUT, '--entries', 'file:///dev/stdin', ...endpoint], { stdin: '[{"Source":"a"}]' });
  await run([...PUT, '--cli-input-json', 'file:///dev/stdin', ...endpoint], {
    stdin: '{"Entries":[{"Source":"b"}]}',
  });
  const env = { ...CONFIGURED, FOLDER: cwd, HOME: cwd };
  await run([...PUT, '--entries', 'Source=c,Detail@=file://$FOLDER/detail.json', ...endpoint], { env });
  await run([...PUT, '--entries', 'Source=d,Detail@=file://~/detail.json', ...endpoint], { env });
  assert.deepEqual(
    server.received.map((request) => request.body),
    [
      { Entries: [{ Source: 'a', Detail: '{"k": 1}' }] },
      { Entries: [{ Source: 'a' }] },
      { Entries: [{ Source: 'b' }] },
      { Entries: [{ Source: 'c', Detail: '{"k": 1}' }] },
      { Entries: [{ Source: 'd', Detail: '{"k": 1}' }] },
    ],
  );
});

test('the command line wins over --cli-input-json, whole members at a time, in either order', async (t) => {
  const server = await serve(t, [ACCEPTED]);
  const input = '{"Entries":[{"Source":"from-json","DetailType":"t"}]}';
  const endpoint = ['--endpoint-url', server.url];
  await run([...PUT, '--cli-input-json', input, ...endpoint]);
  await run([...PUT, '--cli-input-json', input, '--entries', 'Source=typed', ...endpoint]);
  await run([...PUT, '--entries', 'Source=typed', '--cli-input-json', input, ...endpoint]);
  assert.deepEqual(
    server.received.map((request) => request.body),
    [
      { Entries: [{ Source: 'from-json', DetailType: 't' }] },
      { Entries: [{ Source: 'typed' }] },
      { Entries: [{ Source: 'typed' }] },
    ],
  );
});

const INPUT_SKELETON = `{
    "Entries": [
        {
            "Time": "1970-01-01T00:00:00",
            "Source": "",
            "Resources": [
                ""
            ],
            "DetailType": "",
            "Detail": "",
            "EventBusName": "",
            "TraceHeader": ""
        }
    ],
    "EndpointId": ""
}
`;
const OUTPUT_SKELETON = `{
    "FailedEntryCount": 0,
    "Entries": [
        {
            "EventId": "EventId",
            "ErrorCode": "ErrorCode",
            "ErrorMessage": "ErrorMessage"
        }
    ]
}
`;

test('skeletons: of the input without region or credentials, of the output without credentials', async () => {
  const nothing = { HOME: '/nonexistent' };
  for (const words of [[], ['input']]) {
    const ran = await run([...PUT, '--generate-cli-skeleton', ...words], { env: nothing });
    assert.deepEqual(ran, { code: 0, stdout: INPUT_SKELETON, stderr: '' });
  }
  const output = await run([...PUT, '--entries', 'Source=a', '--generate-cli-skeleton', 'output'], {
    env: { ...nothing, AWS_REGION: 'us-east-1' },
  });
  assert.deepEqual(output, { code: 0, stdout: OUTPUT_SKELETON, stderr: '' });
});

test('skeletons still parse what is given, and the output one validates it', async () => {
  const parsed = await run([...PUT, '--entries', 'Source==a', '--generate-cli-skeleton']);
  assert.equal(parsed.code, 252);
  assert.match(parsed.stderr, /Expected: ',', received: '='/);
  const required = await run([...PUT, '--generate-cli-skeleton', 'output']);
  assert.match(required.stderr, /the following arguments are required: --entries/);
  const attached = await run([...PUT, '--generate-cli-skeleton=input']);
  assert.match(attached.stderr, /the following arguments are required: --entries/);
  const invalid = await run([...PUT, '--entries', 'Sauce=a', '--generate-cli-skeleton', 'output']);
  assert.match(invalid.stderr, /Unknown parameter in Entries\[0\]: "Sauce"/);
});

test('entries that failed are a success of the command', async (t) => {
  const server = await serve(t, [
    {
      body: '{"Entries":[{"ErrorMessage":"m","ErrorCode":"c","Extra":1,"EventId":null}],"FailedEntryCount":1}',
    },
  ]);
  const ran = await run([...PUT, '--entries', 'Source=a', '--endpoint-url', server.url]);
  assert.equal(ran.code, 0);
  assert.equal(
    ran.stdout,
    '{\n    "FailedEntryCount": 1,\n    "Entries": [\n        {\n            "ErrorCode": "c",\n            "ErrorMessage": "m"\n        }\n    ]\n}\n',
  );
});

const MALFORMED: readonly (readonly [title: string, argv: readonly string[], stderr: string])[] = [
  [
    'shorthand that breaks off',
    ['--entries', 'Source==a'],
    "\nError parsing parameter '--entries': Expected: ',', received: '=' for input:\nSource==a\n       ^\n",
  ],
  [
    'empty shorthand',
    ['--entries', ''],
    "\nError parsing parameter '--entries': Expected: '=', received: 'EOF' for input:\n\n^\n",
  ],
  [
    'a second word that is no JSON',
    ['--entries', '{"Source":"a"}', 'Source=b'],
    "\nError parsing parameter '--entries': Invalid JSON:\nSource=b\n",
  ],
  [
    'JSON that breaks off',
    ['--entries', '[{"Source":'],
    '\nError parsing parameter \'--entries\': Invalid JSON: Expecting value: line 1 column 12 (char 11)\nJSON received: [{"Source":\n',
  ],
  [
    'a file that is not there',
    ['--entries', 'file:///nonexistent/x.json'],
    "\nError parsing parameter '--entries': Unable to load paramfile file:///nonexistent/x.json: [Errno 2] No such file or directory: '/nonexistent/x.json'\n",
  ],
  [
    'a folder in the place of a file',
    ['--entries', 'file:///'],
    "\nError parsing parameter '--entries': Unable to load paramfile file:///: [Errno 21] Is a directory: '/'\n",
  ],
  [
    'an empty list',
    ['--entries'],
    '\nParameter validation failed:\nInvalid length for parameter Entries, value: 0, valid min length: 1\n',
  ],
  [
    'a map where text is due',
    ['--entries', 'Detail={}'],
    "\nParameter validation failed:\nInvalid type for parameter Entries[0].Detail, value: {}, type: <class 'dict'>, valid types: <class 'str'>\n",
  ],
  [
    'a date that is none',
    ['--entries', 'Time=notadate'],
    "\nParameter validation failed:\nInvalid type for parameter Entries[0].Time, value: notadate, type: <class 'str'>, valid types: <class 'datetime.datetime'>, timestamp-string\n",
  ],
  [
    'input JSON that is none',
    ['--cli-input-json', '{'],
    "\nError parsing parameter 'cli-input-json': Invalid JSON received.\n",
  ],
  [
    'input JSON that is a list',
    ['--cli-input-json', '[]'],
    "\nError parsing parameter '--cli-input-json': Invalid type: expecting map, received <class 'list'>\n",
  ],
  [
    'input JSON without a required member',
    ['--cli-input-json', '{}'],
    '\nParameter validation failed:\nMissing required parameter in input: "Entries"\n',
  ],
  [
    'input JSON with names of the command line',
    ['--cli-input-json', '{"entries":[]}'],
    '\nParameter validation failed:\nMissing required parameter in input: "Entries"\nUnknown parameter in input: "entries", must be one of: Entries, EndpointId\n',
  ],
  [
    'two input options',
    ['--cli-input-json', '{}', '--cli-input-yaml', 'a: b'],
    '\nOnly one --cli-input- parameter may be specified.\n',
  ],
];

test('parameters that are wrong in themselves: exit 252, nothing sent', async (t) => {
  const server = await serve(t, [ACCEPTED]);
  for (const [title, argv, stderr] of MALFORMED) {
    const ran = await run([...PUT, ...argv, '--endpoint-url', server.url]);
    assert.deepEqual(ran, { code: 252, stdout: '', stderr }, title);
  }
  assert.equal(server.received.length, 0);
});

const FAILING: readonly (readonly [title: string, argv: readonly string[], stderr: string])[] = [
  [
    'a file of shorthand that is not there',
    ['--entries', 'Detail@=file:///nonexistent/x'],
    "\nUnable to load paramfile file:///nonexistent/x: [Errno 2] No such file or directory: '/nonexistent/x'\n",
  ],
  [
    'milliseconds',
    ['--entries', 'Time=1700000000000'],
    '\nUnable to calculate correct timezone offset for "1700000000000"\n',
  ],
  [
    'an endpoint id that is none',
    ['--entries', 'Source=a', '--endpoint-id', ''],
    '\nInvalid endpoint configuration: EndpointId must be a valid host label.\n',
  ],
];

test('parameters that break a conversion: exit 255, nothing sent', async (t) => {
  const server = await serve(t, [ACCEPTED]);
  for (const [title, argv, stderr] of FAILING) {
    const ran = await run([...PUT, ...argv, '--endpoint-url', server.url]);
    assert.deepEqual(ran, { code: 255, stdout: '', stderr }, title);
  }
  assert.equal(server.received.length, 0);
});

test('a dash is standard input, for JSON and shorthand only', async (t) => {
  const server = await serve(t, [ACCEPTED]);
  const endpoint = ['--endpoint-url', server.url];
  await run([...PUT, '--entries', '-', ...endpoint], { stdin: '[{"Source":"a"}]' });
  await run([...PUT, '--entries', '-', ...endpoint], { stdin: 'Source=b\n' });
  await run([...PUT, '--cli-input-json', '-', ...endpoint], { stdin: '{"Entries":[{"Source":"c"}]}' });
  await run([...PUT, '--cli-input-yaml', '-', ...endpoint], { stdin: 'Entries: [{Source: d}]' });
  assert.deepEqual(
    server.received.map(({ body }) => body),
    ['a', 'b', 'c', 'd'].map((Source) => ({ Entries: [{ Source }] })),
  );
  const rule = [
    'events',
    'put-rule',
    '--name',
    '-',
    '--description',
    '-',
    '--event-pattern',
    '-',
    ...endpoint,
  ];
  await run(rule, { stdin: '{"source":["a"]}' });
  assert.deepEqual(server.received[4]?.body, {
    Name: '-',
    Description: '-',
    EventPattern: '{"source":["a"]}',
  });
  const empty = await run([...PUT, '--entries', '-', ...endpoint], { stdin: '' });
  assert.equal(empty.code, 252);
  assert.match(empty.stderr, /Expected: '=', received: 'EOF' for input:\n-\n/);
});
