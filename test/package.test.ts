import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startCredentialServices } from './credential-services.ts';
import { NatsServer } from './nats-server.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));

test('the package as it is published works where it is installed', { timeout: 120_000 }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'busbar-package-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const installed = join(folder, 'node_modules', 'busbar');
  mkdirSync(installed, { recursive: true });

  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], { cwd: root });
  // npm prints what the build prints first; the list of packages is what ends the output.
  const [{ filename }] = JSON.parse(stdout.slice(stdout.indexOf('[\n'))) as [{ filename: string }];
  await run('tar', ['-xzf', join(folder, filename), '-C', installed, '--strip-components=1']);
  const { version, dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  // Its dependencies are those of the clone: installing them anew would test the registry.
  for (const name of Object.keys(dependencies)) link(root, folder, name);

  const bin = await run(process.execPath, [join(installed, 'bin', 'busbar.js'), '--version'], {
    cwd: folder,
  });
  assert.equal(bin.stdout, `busbar ${version}\n`);
  await whatTheCommandLineLoadsWorks(t, installed, folder);
  await theCommandLineWorks(installed, folder);

  writeFileSync(
    join(folder, 'use.mjs'),
    `import { createBus } from 'busbar';
     import { Matcher, parsePattern } from 'busbar/match';
     const bus = await createBus({ data: './data' });
     const health = await fetch(bus.url + '/_busbar/health');
     await bus.close();
     const matcher = new Matcher();
     matcher.addRule('r', parsePattern('{"a":[1]}'));
     console.log(health.status, matcher.rulesFor('{"a":1}'));`,
  );
  const use = await run(process.execPath, ['use.mjs'], { cwd: folder });
  assert.equal(use.stdout, "200 [ 'r' ]\n");

  // The README's own program, with the client that its readers have.
  const program = /```js\n(.*?)```/s.exec(readFileSync(join(root, 'README.md'), 'utf8'))?.[1] ?? '';
  link(root, folder, '@aws-sdk/client-eventbridge');
  writeFileSync(join(folder, 'readme.mjs'), program);
  const readme = await run(process.execPath, ['readme.mjs'], { cwd: folder });
  assert.equal(readme.stdout, "[ 'default' ]\n");

  await theTestKitWorks(folder);
  await theJetStreamStoreWorks(folder);
});

// The clients of NATS are not installed with it: without them it says what to install, with them it works.
async function theJetStreamStoreWorks(cwd: string): Promise<void> {
  const server = await NatsServer.start();
  try {
    writeFileSync(
      join(cwd, 'store.mjs'),
      `import { createBus } from 'busbar';
       import { openJetStreamStore } from 'busbar/store/jetstream';
       await openJetStreamStore('${server.url}/n').then((store) => store.close(), (error) => console.log(error.message));
       const bus = await createBus({ store: '${server.url}', data: './data' }).catch(() => process.exit(3));
       console.log((await (await fetch(bus.url + '/_busbar/health')).json()).status);
       await bus.close();`,
    );
    await assert.rejects(run(process.execPath, ['store.mjs'], { cwd }), {
      code: 3,
      stdout: /^A store in NATS needs its clients: npm install @nats-io\/transport-node /,
    });
    for (const name of ['transport-node', 'jetstream', 'kv']) link(root, cwd, `@nats-io/${name}`);
    assert.equal((await run(process.execPath, ['store.mjs'], { cwd })).stdout, 'ok\n');
  } finally {
    await server.stop();
  }
}

// The examples of the test kit, as its users have them: with the package installed, in their test runners.
async function theTestKitWorks(cwd: string): Promise<void> {
  const page = readFileSync(join(root, 'docs', 'testkit.md'), 'utf8');
  writeFileSync(join(cwd, 'testkit.mjs'), /```js\n(.*?)```/s.exec(page)?.[1] ?? 'throw new Error("none")');
  await run(process.execPath, ['testkit.mjs'], { cwd });

  cpSync(join(root, 'examples', 'testing'), cwd, { recursive: true });
  writeFileSync(join(cwd, 'package.json'), '{ "type": "module" }');
  // A runner that knew it runs inside another one would report to that one.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const node = await run(process.execPath, ['--test', '--test-reporter=tap', 'node-test.test.ts'], {
    cwd,
    env,
  });
  assert.match(node.stdout, /^# pass 3$/m);
  link(root, cwd, 'vitest');
  const vitest = join('node_modules', 'vitest', 'vitest.mjs');
  const ran = await run(process.execPath, [vitest, 'run', '--root', '.', '--no-color', 'vitest.test.ts'], {
    cwd,
    env,
  });
  assert.match(ran.stdout, /Tests +2 passed \(2\)/);
}

// The bundle does what the source does: the bus, a call, and what is loaded only when it is asked for.
async function theCommandLineWorks(installed: string, cwd: string): Promise<void> {
  const busbar = join(installed, 'bin', 'busbar.js');
  const server = spawn(process.execPath, [busbar, 'start', '--memory', '--port', '0', '--log', 'off'], {
    cwd,
  });
  try {
    const [greeting] = await once(server.stdout.setEncoding('utf8'), 'data');
    const url = /listens on (\S+),/.exec(String(greeting))?.[1] ?? '';
    const env = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', HOME: cwd };
    const command = async (...argv: string[]) =>
      (await run(process.execPath, [busbar, ...argv, '--endpoint-url', url], { cwd, env })).stdout;
    const events = (...argv: string[]) => command('events', ...argv);
    const entry = `Source=a,DetailType=b,Detail='{}'`;
    assert.match(await events('put-events', '--entries', entry), /"FailedEntryCount": 0/);
    assert.equal(
      await events('list-event-buses', '--query', 'EventBuses[].Name', '--output', 'text'),
      'default\n',
    );
    assert.match(await events('list-event-buses', '--output', 'table'), /\| {2}Name +\|/);
    assert.match(await events('list-event-buses', '--output', 'yaml'), /^EventBuses:\n- Arn:/);
    assert.match(await events('put-rule', '--generate-cli-skeleton', 'yaml-input'), /^Name: ''/);
    const yaml = 'Entries: [{Source: a, DetailType: b, Detail: "{}"}]';
    assert.match(await events('put-events', '--cli-input-yaml', yaml), /"FailedEntryCount": 0/);
    assert.match(await events('put-rule', 'help'), /--event-pattern/);
    writeFileSync(join(cwd, 'events.jsonl'), '{"Source":"s","DetailType":"d","Detail":{"n":7.0}}\n');
    assert.match(await command('send', 'events.jsonl'), /^1 sent/);
    assert.match(await command('tail', '--since', '1h', '--count', '3'), /s {2}d {2}\{"n":7\.0\}\n$/);
    assert.match(await command('trigger', 'scheduled-event'), /is event/);
    assert.match(await command('explain', 'pattern', '{"source":["a"]}'), /^source /);
    assert.match(await command('status'), /in memory/);
    assert.match(await command('completion', 'bash'), /complete -F _busbar busbar/);
    const words = ['completion', 'candidates', '--', 'events', 'put-'];
    assert.match((await run(process.execPath, [busbar, ...words], { cwd, env })).stdout, /^put-events\t/m);
  } finally {
    server.kill();
    await once(server, 'exit');
  }
}

// The packages that its one file leaves where they are: the official provider of credentials, the signer for all regions.
async function whatTheCommandLineLoadsWorks(t: TestContext, installed: string, cwd: string): Promise<void> {
  const services = await startCredentialServices(t);
  writeFileSync(join(cwd, 'token'), 'of a pod');
  const env = {
    HOME: cwd,
    AWS_REGION: 'eu-west-1',
    AWS_ENDPOINT_URL: services.url,
    AWS_WEB_IDENTITY_TOKEN_FILE: join(cwd, 'token'),
    AWS_ROLE_ARN: 'arn:aws:iam::111111111111:role/pod',
  };
  const busbar = (...argv: string[]) =>
    run(process.execPath, [join(installed, 'bin', 'busbar.js'), 'events', ...argv], { cwd, env });
  await busbar('list-event-buses');
  assert.deepEqual(services.lastCaller(), ['ROLE-pod', 'token of ROLE-pod']);
  await busbar('put-events', '--endpoint-id', 'abcde.veo', '--entries', 'Source=a');
  assert.equal(services.asked.at(-1)?.headers['x-amz-region-set'], '*');
}

function link(from: string, to: string, name: string): void {
  const path = join(to, 'node_modules', name);
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(join(from, 'node_modules', name), path);
}
