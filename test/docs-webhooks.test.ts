import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { webhookHeaders, webhookKey } from '../src/cli/webhook/webhook-signature.ts';
import { folder } from './cli-run.ts';

const page = readFileSync(new URL('../docs/cli.md', import.meta.url), 'utf8');
const SECRET = `whsec_${Buffer.from('twenty-four bytes or more').toString('base64')}`;
const BODY = '{"detail":{"é":7.0}}';

function program(language: string): string {
  return new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 's').exec(page)?.[1] ?? '';
}

// Each with whether it is genuine.
function requests(): readonly (readonly [boolean, Readonly<Record<string, string>>, string])[] {
  const now = Date.now();
  const key = webhookKey(SECRET);
  const headers = webhookHeaders({ id: 'e-1', body: BODY, now }, key);
  const old = webhookHeaders({ id: 'e-1', body: BODY, now: now - 3_600_000 }, key);
  const { 'webhook-signature': signature = '' } = headers;
  return [
    [true, headers, BODY],
    [true, { ...headers, 'webhook-signature': `v1,AAAA ${signature}` }, BODY],
    [false, headers, `${BODY} `],
    [false, { ...headers, 'webhook-id': 'e-2' }, BODY],
    [false, { ...headers, 'webhook-timestamp': String(Number(headers['webhook-timestamp']) + 1) }, BODY],
    [false, { ...headers, 'webhook-timestamp': 'soon' }, BODY],
    [false, { ...headers, 'webhook-signature': signature.replace('v1,', 'v2,') }, BODY],
    [false, { ...headers, 'webhook-signature': 'v1,AAAA' }, BODY],
    [false, webhookHeaders({ id: 'e-1', body: BODY, now }, undefined), BODY],
    [false, webhookHeaders({ id: 'e-1', body: BODY, now }, Buffer.from('another')), BODY],
    [false, old, BODY],
    [false, {}, BODY],
  ];
}

function options(cwd: string) {
  return { cwd, encoding: 'utf8', env: { ...process.env, BUSBAR_WEBHOOK_SECRET: SECRET } } as const;
}

test('the page’s program for Node tells genuine requests from others', () => {
  const given = requests();
  const cwd = folder({
    'receiver.mjs': program('js'),
    'ask.mjs': `import { isGenuine } from './receiver.mjs';
      const given = ${JSON.stringify(given)};
      console.log(JSON.stringify(given.map(([, headers, body]) => isGenuine(headers, Buffer.from(body)))));`,
  });
  const answers = JSON.parse(execFileSync(process.execPath, ['ask.mjs'], options(cwd)));
  assert.deepEqual(
    answers,
    given.map(([isGenuine]) => isGenuine),
  );
});

const python = spawnSync('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 9))']);

test('the page’s program for Python tells genuine requests from others', {
  skip: python.status !== 0 && 'there is no Python 3.9 or newer here',
}, () => {
  const given = requests();
  const cwd = folder({
    'receiver.py': program('python'),
    'given.json': JSON.stringify(given),
    'ask.py': `import json, receiver
given = json.load(open("given.json", encoding="utf-8"))
print(json.dumps([receiver.is_genuine(headers, body.encode()) for _, headers, body in given]))`,
  });
  const answers = JSON.parse(execFileSync('python3', ['ask.py'], options(cwd)));
  assert.deepEqual(
    answers,
    given.map(([isGenuine]) => isGenuine),
  );
});
