import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { invocationOf, NOW, told } from '../../../test/aws-target-suite.ts';
import { startEndpoint } from '../../../test/http-endpoint.ts';
import { HandClock } from '../../domain/clock.ts';
import { createEgress } from '../egress.ts';
import { createHttpTarget } from './http.ts';

const PATH = '/2015-03-31/functions/function/invocations';

function httpOf(t: TestContext) {
  const clock = new HandClock(NOW);
  const kind = createHttpTarget({ clock, egress: createEgress('all') });
  t.after(() => kind.close());
  return { kind, clock };
}

/** An emulator as it is known: it runs one invocation at a time, until told to end it. */
async function startEmulator(t: TestContext) {
  const running: (() => void)[] = [];
  const emulator = { arn: '', bodies: [] as string[], busy: 0, endOne: () => running.shift()?.() };
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    if (running.length > 0) {
      emulator.busy += 1;
      response.writeHead(400).end();
      return;
    }
    emulator.bodies.push(body);
    running.push(() => response.end('{"statusCode":200}'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  emulator.arn = `http://127.0.0.1:${(server.address() as AddressInfo).port}${PATH}`;
  return emulator;
}

async function begun(emulator: { bodies: string[] }, count: number): Promise<void> {
  while (emulator.bodies.length < count) await new Promise((resolve) => setImmediate(resolve));
}

test('a function is invoked with one input after the other', async (t) => {
  const emulator = await startEmulator(t);
  const { kind } = httpOf(t);
  const inputs = ['1', '2', '3'];
  const outcomes = inputs.map((input) => kind.invoke(invocationOf({ arn: emulator.arn }, { input })));
  for (const [n, outcome] of outcomes.entries()) {
    await begun(emulator, n + 1);
    emulator.endOne();
    assert.equal(told(await outcome), 'delivered');
  }
  assert.deepEqual(emulator.bodies, inputs);
  assert.equal(emulator.busy, 0);
});

test('an invocation whose turn does not come is put back, and takes no turn later', async (t) => {
  const emulator = await startEmulator(t);
  const { kind, clock } = httpOf(t);
  const invoke = (input: string) => kind.invoke(invocationOf({ arn: emulator.arn }, { input }));
  const first = invoke('1');
  const second = invoke('2');
  await begun(emulator, 1);
  clock.advance(1000);
  const outcome = await second;
  assert.equal(told(outcome), 'postponed THROTTLING');
  assert.equal('dueAt' in outcome && outcome.dueAt, NOW + 2000);
  emulator.endOne();
  assert.equal(told(await first), 'delivered');
  const third = invoke('3');
  await begun(emulator, 2);
  emulator.endOne();
  assert.equal(told(await third), 'delivered');
  assert.deepEqual(emulator.bodies, ['1', '3']);
});

test('a turn passes on when an invocation ends badly', async (t) => {
  const endpoint = await startEndpoint(t, (n) => (n === 0 ? 'reset' : { status: 200, body: 'null' }));
  const { kind } = httpOf(t);
  const arn = new URL(PATH, endpoint.url).href;
  const outcomes = await Promise.all([
    kind.invoke(invocationOf({ arn })),
    kind.invoke(invocationOf({ arn })),
  ]);
  assert.deepEqual(outcomes.map(told), ['retryable CONNECTION_FAILURE', 'delivered']);
});

for (const [status, body, expected] of [
  [200, '', 'delivered'],
  [200, 'null', 'delivered'],
  [200, '"{\\"errorType\\":1}"', 'delivered'],
  [200, '{"errorType":"E"}', 'delivered'],
  [200, '{"errorType":"E","errorMessage":"m"', 'delivered'],
  [200, '{"errorType":"Error","errorMessage":"No.","trace":[]}', 'retryable FUNCTION_ERROR'],
  [200, 'Task timed out after 3.00 seconds', 'retryable TIMEOUT'],
  [400, '', 'retryable THROTTLING'],
  [400, 'no', 'permanent SDK_CLIENT_ERROR'],
  [502, '', 'retryable SERVER_ERROR'],
] as const) {
  test(`a function’s answer ${status} ${body}`, async (t) => {
    const endpoint = await startEndpoint(t, () => ({ status, body }));
    const arn = new URL(PATH, endpoint.url).href;
    assert.equal(told(await httpOf(t).kind.invoke(invocationOf({ arn }))), expected);
  });
}

test('another path is an endpoint like any other', async (t) => {
  const body = '{"errorType":"Error","errorMessage":"No."}';
  const endpoint = await startEndpoint(t, () => ({ status: 200, body }));
  const arn = new URL('/2015-03-31/functions/other/invocations', endpoint.url).href;
  assert.equal(told(await httpOf(t).kind.invoke(invocationOf({ arn }))), 'delivered');
});
