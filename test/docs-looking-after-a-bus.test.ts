import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { CHECKS } from '../src/cli/doctor/finding.ts';
import { HandClock } from '../src/domain/clock.ts';
import { folder } from './cli-run.ts';
import { startEndpoint } from './http-endpoint.ts';
import { startTestBus } from './running-bus.ts';
import { health, until } from './until.ts';

const page = readFileSync(new URL('../docs/looking-after-a-bus.md', import.meta.url), 'utf8');
const busbar = fileURLToPath(new URL('../bin/busbar.js', import.meta.url));
const caller = { account: '000000000000', region: 'us-east-1' };

const examples = Array.from(page.matchAll(/^```console\n([\s\S]*?)^```$/gm)).flatMap(([, block = '']) =>
  block.split(/^\$ /m).slice(1),
);

test('what docs/looking-after-a-bus.md shows is what happens', { timeout: 60_000 }, async (t) => {
  const clock = new HandClock(Date.parse('2026-01-02T03:04:05Z'));
  const bus = await startTestBus(t, { clock });
  let status = 400;
  const endpoint = await startEndpoint(t, () => ({ status, body: 'out of order' }));
  const call = async (operation: string, input: object) => {
    const { status: answered, text } = await bus.call(operation, input, caller);
    assert.equal(answered, 200, text);
  };
  await call('CreateArchive', {
    ArchiveName: 'orders',
    EventSourceArn: 'arn:aws:events:us-east-1:000000000000:event-bus/default',
  });
  await call('PutRule', { Name: 'ship-orders', EventPattern: '{"source":["shop"]}' });
  await call('PutTargets', { Rule: 'ship-orders', Targets: [{ Id: 'hook', Arn: `${endpoint.url}orders` }] });
  for (const Detail of ['{"total": 250}', '{"total": 7}']) {
    await call('PutEvents', { Entries: [{ Source: 'shop', DetailType: 'Order placed', Detail }] });
  }
  await call('PutRule', {
    Name: 'big-orders',
    EventPattern: '{"source":["shop"],"detailType":["Order placed"]}',
  });
  await until(async () => (await health(bus)).deliveries.failed === 2);

  const cwd = folder({});
  const seen = (text: string) =>
    text
      .replaceAll(bus.url.replace(/\/$/, ''), 'http://127.0.0.1:4010')
      .replaceAll(endpoint.url.replace(/\/$/, ''), 'http://127.0.0.1:8080')
      .replace(/^Busbar \d+\.\d+\.\d+/m, 'Busbar VERSION')
      .replace(/^Timelines: .*/m, 'Timelines: …')
      .trimEnd();
  for (const example of examples) {
    const [line = '', ...output] = example.split('\n');
    if (line.startsWith('busbar redrive --all')) status = 200;
    if (line.startsWith('busbar replay --follow')) {
      await until(async () => {
        clock.advance(100);
        return (
          (await bus.call('DescribeReplay', { ReplayName: 'again' }, caller)).json['State'] === 'COMPLETED'
        );
      });
    }
    assert.equal(seen(await shell(line, { url: bus.url, cwd })), seen(output.join('\n')), line);
  }
  assert.equal(examples.length, 9);
});

test('docs/looking-after-a-bus.md has every check of the doctor, and no other', () => {
  const rows = Array.from(page.matchAll(/^\| `([a-z-]+)` \|/gm), ([, name = '']) => name);
  assert.deepEqual(rows, Object.keys(CHECKS));
});

/** What a line of the page prints in a shell, whatever its exit code is. */
async function shell(
  line: string,
  { url, cwd }: { readonly url: string; readonly cwd: string },
): Promise<string> {
  const child = spawn('sh', ['-c', `busbar() { "$NODE" "$BUSBAR" "$@"; }\n${line}`], {
    cwd,
    env: {
      NODE: process.execPath,
      BUSBAR: busbar,
      HOME: '/nonexistent',
      BUSBAR_ENDPOINT_URL: url,
      AWS_ACCESS_KEY_ID: caller.account,
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_REGION: caller.region,
    },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  await once(child, 'close');
  return text;
}
