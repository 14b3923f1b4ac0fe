import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { HandClock } from '../src/domain/clock.ts';
import { parsePattern } from '../src/match/index.ts';
import { askAdmin } from './admin-client.ts';
import { startEndpoint } from './http-endpoint.ts';
import { startTestBus } from './running-bus.ts';
import { until } from './until.ts';

const page = readFileSync(new URL('../docs/archives-and-replays.md', import.meta.url), 'utf8');
const busbar = fileURLToPath(new URL('../bin/busbar.js', import.meta.url));
const account = '000000000000';

interface Block {
  readonly kind: string;
  readonly text: string;
}

const blocks: readonly Block[] = Array.from(page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm), (found) => ({
  kind: found[1] ?? '',
  text: (found[2] ?? '').trimEnd(),
}));

/** Runs a line of the page in a shell, against the bus. */
async function run(line: string, url: string): Promise<string> {
  const { stdout } = await promisify(execFile)(
    'sh',
    ['-c', `busbar() { "$NODE" "$BUSBAR" "$@"; }\n${line}`],
    {
      env: {
        NODE: process.execPath,
        BUSBAR: busbar,
        HOME: '/nonexistent',
        AWS_ENDPOINT_URL: url,
        AWS_ACCESS_KEY_ID: account,
        AWS_SECRET_ACCESS_KEY: 'secret',
        AWS_REGION: 'us-east-1',
      },
    },
  );
  return stdout.trimEnd();
}

test('what docs/archives-and-replays.md shows is what happens', { timeout: 60_000 }, async (t) => {
  const clock = new HandClock(Date.parse('2026-01-02T03:04:05Z'));
  const bus = await startTestBus(t, { clock });
  const endpoint = await startEndpoint(t);
  const caller = { account, region: 'us-east-1' };
  await bus.call('PutRule', { Name: 'ship-orders', EventPattern: '{"source":["shop"]}' }, caller);
  const Targets = ['a', 'b'].map((Id) => ({ Id, Arn: endpoint.url }));
  await bus.call('PutTargets', { Rule: 'ship-orders', Targets }, caller);

  let asked = '';
  for (const { kind, text } of blocks) {
    if (kind === 'console') {
      for (const example of text.split(/^\$ /m).slice(1)) {
        const [line = '', ...output] = example.trimEnd().split('\n');
        assert.equal(await run(line, bus.url), output.join('\n'), line);
      }
    } else if (kind === 'http') {
      const [, method = '', path = ''] = /^(GET|POST) (\S+)/.exec(text) ?? [];
      const body = text.split('\n\n').slice(1).join('\n\n');
      const call = method === 'POST' ? ({ method, body } as const) : {};
      const response = await askAdmin(bus.url, path, {
        ...call,
        headers: {
          Authorization: `AWS4-HMAC-SHA256 Credential=${account}/20260102/us-east-1/events/aws4_request, SignedHeaders=host, Signature=0`,
        },
      });
      asked = await response.text();
      assert.equal(response.status, 200, asked);
    } else if (text.includes('"replay-name":"again"')) {
      await endpoint.arrived(2);
      clock.advance(1000);
      await endpoint.arrived(4);
      const { id } = JSON.parse(endpoint.received[3]?.body ?? '');
      assert.equal(endpoint.received[3]?.body, text.replace(/"id":"[^"]*"/, `"id":"${id}"`));
      await until(
        async () =>
          (await bus.call('DescribeReplay', { ReplayName: 'again' }, caller)).json.State === 'COMPLETED',
      );
    } else if (text.includes('"exists"')) {
      parsePattern(text);
    } else {
      assert.deepEqual(JSON.parse(asked), JSON.parse(text));
    }
  }
  assert.equal(blocks.length * 2, page.match(/^```/gm)?.length);
});
