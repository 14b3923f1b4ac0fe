import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { ownCommands } from '../src/cli/commands/index.ts';
import { fixtures } from '../src/cli/fixtures/index.ts';
import { globalOptions } from '../src/cli/global-options.ts';
import { readConfig } from '../src/config.ts';
import { startBusbar } from '../src/main.ts';
import { Matcher, parsePattern } from '../src/match/index.ts';
import { CONFIGURED, run } from './cli-run.ts';
import { startTestBus } from './running-bus.ts';

test('every command has help that fits in 80 columns, and examples of itself', async () => {
  for (const [name, { load }] of Object.entries(ownCommands)) {
    const { code, stdout } = await run([name, '--help']);
    assert.equal(code, 0);
    assert.ok(stdout.includes(`Usage:\n  busbar ${name}`), name);
    for (const text of stdout.split('\n')) assert.ok(text.length <= 80, `${name}: ${text}`);
    assert.equal((await run([name, 'help'])).stdout, stdout);
    const command = await load();
    assert.equal(command.name, name);
    assert.ok(command.examples.length >= 2, name);
    // What has a value has a default, in parentheses, or must be there.
    for (const { name: option, value, help } of command.options) {
      if (value !== undefined) assert.match(help, /\([^)]+\)|Required\.$/, `${name} --${option}`);
    }
    const known = [
      ...globalOptions.map(({ flag }) => flag),
      ...command.options.map((option) => `--${option.name}`),
    ];
    for (const [, example] of command.examples) {
      for (const [flag] of example.matchAll(/(?<= )--[a-z-]+/g)) assert.ok(known.includes(flag), example);
    }
    for (const [, example] of command.examples) assert.match(example, new RegExp(`busbar ${name}\\b`));
  }
  const { stdout } = await run(['help']);
  for (const text of stdout.split('\n')) assert.ok(text.length <= 80, text);
  for (const name of Object.keys(ownCommands)) assert.match(stdout, new RegExp(`^ {2}busbar ${name} `, 'm'));
});

test('aws prints an environment that shells understand', async () => {
  const env = { HOME: '/nonexistent', BUSBAR_ENDPOINT_URL: 'http://127.0.0.1:4999', AWS_REGION: 'eu-west-1' };
  const { stdout } = await run(['aws', '--shell', 'sh'], { env: { ...env, AWS_SECRET_ACCESS_KEY: "it's" } });
  const seen = execFileSync('sh', ['-c', `${stdout}\nenv`], { encoding: 'utf8', env: {} });
  for (const line of [
    'AWS_ENDPOINT_URL_EVENTBRIDGE=http://127.0.0.1:4999',
    'AWS_REGION=eu-west-1',
    'AWS_ACCESS_KEY_ID=busbar',
    "AWS_SECRET_ACCESS_KEY=it's",
  ]) {
    assert.ok(seen.split('\n').includes(line), line);
  }
  const json = await run(['aws', '--shell', 'json', '--all'], { env });
  assert.equal(JSON.parse(json.stdout).AWS_ENDPOINT_URL, 'http://127.0.0.1:4999');
  assert.match((await run(['aws', '--shell', 'fish'], { env })).stdout, /^set -gx AWS_REGION 'eu-west-1'$/m);
  assert.match(
    (await run(['aws', '--shell', 'powershell'], { env })).stdout,
    /^\$env:AWS_REGION = 'eu-west-1'$/m,
  );
  assert.equal((await run(['aws', '--shell', 'csh'], { env })).code, 252);
});

test('trigger sends events that patterns for AWS services match', async (t) => {
  const bus = await startTestBus(t);
  const env = { ...CONFIGURED, AWS_ACCESS_KEY_ID: '111111111111', AWS_REGION: 'eu-central-1' };
  const line = ['trigger', 's3-object-created', '--endpoint-url', bus.url];
  const sent = await run([...line, '--set', 'detail.object.key=in/a.csv', '--output', 'json'], { env });
  assert.equal(sent.code, 0, sent.stderr);
  const { eventId } = JSON.parse(sent.stdout);
  assert.match(eventId, /^[0-9a-f-]{36}$/);
  const unknown = await run(['trigger', 's3-object-create'], { env });
  assert.equal(unknown.code, 252);
  assert.match(unknown.stderr, /Did you mean s3-object-created\?/);
  const nowhere = await run([...line, '--bus', 'nope'], { env });
  assert.equal(nowhere.code, 254);
  assert.match(nowhere.stderr, /Event bus nope does not exist/);
});

test('what trigger sends is an event, and --set changes it', async () => {
  const printed = async (...argv: readonly string[]) =>
    JSON.parse((await run(['trigger', ...argv, '--print'])).stdout);
  for (const { name } of fixtures) {
    const event = await printed(name);
    assert.match(event.source, /^aws\./);
    assert.equal(typeof event['detail-type'], 'string');
    assert.equal(event.region, 'eu-west-1');
    const matcher = new Matcher();
    matcher.addRule(
      'r',
      parsePattern(JSON.stringify({ source: [event.source], 'detail-type': [event['detail-type']] })),
    );
    assert.deepEqual(matcher.rulesFor(JSON.stringify(event)), ['r']);
  }
  const event = await printed(
    'ec2-state-change',
    ...[
      '--set',
      'detail.state=stopped',
      '--set',
      'detail.tags.0={"a":1}',
      '--set',
      'detail.instance-id',
      '--set',
      'resources.0=x',
    ],
  );
  assert.deepEqual(event.detail, { state: 'stopped', tags: { 0: { a: 1 } } });
  assert.deepEqual(event.resources, ['x']);
  assert.equal({}.constructor, Object);
  await printed('ec2-state-change', '--set', '__proto__.polluted=1');
  assert.equal(Reflect.get({}, 'polluted'), undefined);
});

test('trigger --list shows every event', async () => {
  const { stdout } = await run(['trigger', '--list']);
  assert.equal(stdout.trim().split('\n').length, fixtures.length);
  assert.equal(
    JSON.parse((await run(['trigger', '--list', '--output', 'json'])).stdout).length,
    fixtures.length,
  );
});

test('global options that these commands would not heed are refused', async () => {
  for (const [option, value] of [
    ['--output', 'yaml'],
    ['--query', 'a'],
  ] as const) {
    const { code, stderr } = await run(['trigger', '--list', option, value]);
    assert.equal(code, 252);
    assert.match(stderr, /is not there for it/);
  }
});

test('with credentials every request is signed', async (t) => {
  const config = readConfig(['--port=0', '--memory', '--log=off'], { BUSBAR_ACCESS_KEYS: 'ANNE:secret' });
  const bus = await startBusbar(config);
  t.after(() => bus.close());
  const as = (secret: string, argv: readonly string[]) =>
    run([...argv, '--endpoint-url', bus.url], {
      env: { ...CONFIGURED, AWS_ACCESS_KEY_ID: 'ANNE', AWS_SECRET_ACCESS_KEY: secret },
    });
  const lines = [
    ['trigger', 'scheduled-event'],
    ['tail', '--since', '1h', '--count', '1', '--pattern', '{"source": ["aws.events", "ü (b)*!\'"]}'],
    ['explain', 'pattern', '{"source":["ü"]}'],
    ['status'],
    ['send', '--count', '3', '--template', '{"Source":"s","DetailType":"é","Detail":{}}'],
  ];
  for (const argv of lines) {
    const { code, stderr } = await as('secret', argv);
    assert.equal(code, 0, `${argv.join(' ')}: ${stderr}`);
  }
  const refused = await as('wrong', ['status']);
  assert.equal(refused.code, 254);
  assert.match(refused.stderr, /signature/i);
});
