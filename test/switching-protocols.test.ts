import assert from 'node:assert/strict';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { HandClock } from '../src/domain/clock.ts';
import { must, putDetails, ruleWithApiDestination } from './api-destination-rule.ts';
import { startTestBus } from './running-bus.ts';
import { health, until, untilOwed } from './until.ts';

const START = Date.UTC(2026, 0, 1);
const SWITCH = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';

/** A server that answers the nth connection, counted from 0, with these bytes and leaves it open. */
async function startRawServer(t: TestContext, answer: (n: number) => string) {
  const sockets = new Set<Socket>();
  let ended = 0;
  const server = createServer((socket) => {
    const bytes = answer(sockets.size);
    sockets.add(socket);
    socket.once('data', () => socket.write(bytes));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      ended += 1;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, ended: () => ended };
}

test('a target that switches protocols is tried again, and its connection is let go', {
  timeout: 20_000,
}, async (t) => {
  const server = await startRawServer(t, (n) => (n === 0 ? SWITCH : OK));
  const clock = new HandClock(START);
  const bus = await startTestBus(t, { clock, random: () => 1 });
  await must(bus, 'PutRule', { Name: 'r', EventPattern: '{"source":["shop"]}' });
  await must(bus, 'PutTargets', { Rule: 'r', Targets: [{ Id: 't', Arn: server.url }] });
  await putDetails(bus, {});
  // The clock stands still: it is no timeout that ends the attempt.
  await until(async () => server.ended() === 1);
  await untilOwed(bus, 1);
  clock.advance(1000);
  await untilOwed(bus, 0);
  assert.equal((await health(bus)).deliveries.failed, 0);
});

test('an authorization endpoint that switches protocols grants no token, and says why', {
  timeout: 20_000,
}, async (t) => {
  const server = await startRawServer(t, () => SWITCH);
  const bus = await startTestBus(t, { clock: new HandClock(START) });
  await ruleWithApiDestination(bus, {
    connection: {
      AuthorizationType: 'OAUTH_CLIENT_CREDENTIALS',
      AuthParameters: {
        OAuthParameters: {
          AuthorizationEndpoint: server.url,
          ClientParameters: { ClientID: 'client', ClientSecret: 'client-secret' },
          HttpMethod: 'POST',
        },
      },
    },
    destination: { InvocationEndpoint: 'http://127.0.0.1:1/' },
  });
  const connection = () => must(bus, 'DescribeConnection', { Name: 'd' });
  await until(async () => (await connection()).ConnectionState !== 'AUTHORIZING');
  assert.match(String((await connection()).StateReason), /switched protocols/);
});
