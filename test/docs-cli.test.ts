import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { folder } from './cli-run.ts';
import { startTestBus } from './running-bus.ts';

const page = readFileSync(new URL('../docs/cli.md', import.meta.url), 'utf8');
const SOURCE = fileURLToPath(new URL('../src/cli/run.ts', import.meta.url));

// What is typed behind `$ `, and what stands below it.
const examples = Array.from(
  page.matchAll(/```console\n\$ ([^\n]*)\n(.*?)```/gs),
  ([, line = '', output = '']) => ({
    line,
    output,
  }),
);

const order = (total: number) => ({ Source: 'shop', DetailType: 'Order placed', Detail: { total } });
const FILES = {
  'orders.jsonl': [250, 5, 7].map((total) => `${JSON.stringify(order(total))}\n`).join(''),
  'mixed.jsonl': `${JSON.stringify(order(1))}\n{"Source":"a","DetailType":"b","Detail":"x"}\n{"Sorce":"a"}\n`,
  'order.json': JSON.stringify(order(5)),
  'big-order.json': JSON.stringify(order(250)),
};
const SCOPE = { account: '000000000000', region: 'us-east-1' };

// Times, ids, and how long things took.
function steady(text: string, url: string): string {
  return text
    .replaceAll(url, 'http://127.0.0.1:4010')
    .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '{id}')
    .replace(/^\d\d:\d\d:\d\d\.\d{3}/gm, '{time}')
    .replace(/in [\d.]+ s, [\d,]+ a second/g, '{speed}');
}

test('the page shows what is printed', async (t) => {
  assert.ok(examples.length >= 10, `${examples.length} examples`);
  const target = createServer((request, response) => {
    request.resume();
    response.end();
  });
  await new Promise<void>((resolve) => {
    target.listen(0, '127.0.0.1', resolve);
  });
  t.after(() => {
    target.closeAllConnections();
    target.close();
  });
  const bus = await startTestBus(t);
  const pattern = '{"source":["shop"],"detail":{"total":[{"numeric":[">=",100]}]}}';
  await bus.call('PutRule', { Name: 'big-orders', EventPattern: pattern }, SCOPE);
  const hook = `http://127.0.0.1:${(target.address() as AddressInfo).port}/`;
  await bus.call('PutTargets', { Rule: 'big-orders', Targets: [{ Id: 'hook', Arn: hook }] }, SCOPE);
  await bus.call(
    'PutRule',
    { Name: 'all-orders', EventPattern: '{"source":["shop"]}', State: 'DISABLED' },
    SCOPE,
  );
  const cwd = folder({ ...FILES, busbar: `#!/bin/sh\nexec '${process.execPath}' '${SOURCE}' "$@"\n` });
  chmodSync(join(cwd, 'busbar'), 0o755);
  const env = { PATH: `${cwd}:/usr/bin:/bin`, HOME: cwd, BUSBAR_ENDPOINT_URL: bus.url };
  for (const { line, output } of examples) {
    await t.test(line, async () => {
      const { stdout, stderr } = await new Promise<{ stdout: string; stderr: string }>((resolve) => {
        execFile('bash', ['-c', line], { cwd, env }, (_, stdout, stderr) => resolve({ stdout, stderr }));
      });
      assert.equal(steady(stdout, bus.url), steady(output, bus.url), stderr);
    });
  }
});
