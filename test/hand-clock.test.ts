import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { createBus } from '../src/index.ts';

/** An endpoint that answers with these statuses in turn, the last one for ever. */
async function endpointAnswering(t: TestContext, statuses: readonly number[]) {
  let received = 0;
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(statuses[Math.min(received, statuses.length - 1)] ?? 200).end();
    received += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, received: () => received };
}

async function call(url: string, operation: string, body: object): Promise<Record<string, unknown>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'X-Amz-Target': `AWSEvents.${operation}`, 'Content-Type': 'application/x-amz-json-1.1' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  assert.equal(response.status, 200, text);
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

const ORDER = {
  Entries: [{ Source: 'shop', DetailType: 'Order placed', Detail: '{}' }],
};

async function ruleFor(url: string, target: string, rule: object = { EventPattern: '{"source":["shop"]}' }) {
  await call(url, 'PutRule', { Name: 'orders', ...rule });
  await call(url, 'PutTargets', { Rule: 'orders', Targets: [{ Id: 'web', Arn: target }] });
}

test('a day of retries passes in a moment', async (t) => {
  const endpoint = await endpointAnswering(t, [500]);
  const bus = await createBus({ clock: new Date('2026-01-02T03:04:05Z') });
  t.after(() => bus.close());
  await ruleFor(bus.url, endpoint.url);
  await call(bus.url, 'PutEvents', ORDER);
  assert.equal(await bus.clock?.quiet(), true);
  assert.equal(endpoint.received(), 1);
  await bus.clock?.advance(25 * 3_600_000);
  // AWS's defaults: at most 185 retries within 24 hours.
  assert.ok(endpoint.received() > 50 && endpoint.received() <= 186, `${endpoint.received()} attempts`);
  const { deliveries } = (await (await fetch(`${bus.url}/_busbar/health`)).json()) as { deliveries: object };
  assert.deepEqual(deliveries, { owed: 0, failed: 1, underWay: 0 });
});

test('next jumps from retry to retry until the target takes the event', async (t) => {
  const endpoint = await endpointAnswering(t, [500, 500, 200]);
  const bus = await createBus({ clock: 'hand' });
  t.after(() => bus.close());
  await ruleFor(bus.url, endpoint.url);
  await call(bus.url, 'PutEvents', ORDER);
  await bus.clock?.next();
  assert.equal(endpoint.received(), 2);
  await bus.clock?.next();
  assert.equal(endpoint.received(), 3);
  assert.equal(await bus.clock?.next(), undefined);
});

test('a schedule fires once for each of its ticks, however far the clock is moved at once', async (t) => {
  const endpoint = await endpointAnswering(t, [200]);
  const bus = await createBus({ clock: new Date('2026-01-02T03:04:05Z') });
  t.after(() => bus.close());
  await ruleFor(bus.url, endpoint.url, { ScheduleExpression: 'rate(5 minutes)' });
  await bus.clock?.quiet();
  const before = endpoint.received();
  await bus.clock?.advance(3_600_000);
  assert.equal(endpoint.received() - before, 12);
});

test('a clock kept by the machine has nothing to move', async (t) => {
  const bus = await createBus();
  t.after(() => bus.close());
  assert.equal(bus.clock, undefined);
});
