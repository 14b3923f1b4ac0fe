import assert from 'node:assert/strict';
import type { LookupAddress } from 'node:dns';
import { test } from 'node:test';
import fc from 'fast-check';
import { startEndpoint } from '../../test/http-endpoint.ts';
import { createEgress, EgressRefusal, type LookUpAll } from './egress.ts';
import { createHttpExchange, type HttpAnswer } from './http-exchange.ts';

const NEVER = /169\.254\.169\.254 is a link-local, metadata or multicast address/;

/** Names lead to these addresses, the nth question to the nth answer. */
function answering(...answers: readonly string[][]): LookUpAll {
  let asked = 0;
  return (_hostname, _options, callback) => {
    const addresses = answers[Math.min(asked++, answers.length - 1)] ?? [];
    callback(
      null,
      addresses.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
}

/** Sends one request with an egress and says what came of it. */
async function get(url: string, egress = createEgress('all')): Promise<HttpAnswer> {
  const exchange = createHttpExchange(egress);
  try {
    const request = { url: new URL(url), method: 'POST', headers: {}, body: '' };
    return await exchange.send(request, AbortSignal.timeout(30_000));
  } finally {
    exchange.close();
  }
}

const byte = fc.integer({ min: 0, max: 255 });

test('a link-local address is refused in every spelling that a URL takes', () => {
  const egress = createEgress('all');
  fc.assert(
    fc.property(byte, byte, (c, d) => {
      const number = ((169 * 256 + 254) * 256 + c) * 256 + d;
      const hexadecimal = (value: number) => `0x${value.toString(16)}`;
      const octal = (value: number) => `0${value.toString(8)}`;
      const groups = `a9fe:${(c * 256 + d).toString(16)}`;
      for (const host of [
        `169.254.${c}.${d}`,
        String(number),
        hexadecimal(number),
        octal(number),
        `169.254.${c * 256 + d}`,
        `169.${(254 * 256 + c) * 256 + d}`,
        [169, 254, c, d].map(hexadecimal).join('.'),
        [169, 254, c, d].map(octal).join('.'),
        `169.254.${c}.${d}.`,
        `①⑥⑨.254.${c}.${d}`,
        `%31%36%39.254.${c}.${d}`,
        `[::ffff:169.254.${c}.${d}]`,
        `[::ffff:${groups}]`,
        `[64:ff9b::${groups}]`,
        `[2002:${groups}::]`,
      ]) {
        const url = new URL(`http://user@${host}:8080/latest/meta-data`);
        assert.match(String(egress.refusalOfUrl(url)), /is never reached/, host);
      }
    }),
    { numRuns: 200 },
  );
});

test('what is inside is reached where it is allowed, and nowhere else', () => {
  const refused = (reachable: 'all' | string[], host: string) =>
    createEgress(reachable).refusalOfUrl(new URL(`http://${host}/`)) !== undefined;
  for (const host of ['127.0.0.1', '10.1.2.3', '192.168.0.1', '[::1]', '[fc00::1]', '0.0.0.0']) {
    assert.equal(refused('all', host), false, host);
    assert.equal(refused([], host), true, host);
  }
  assert.equal(refused(['10.0.0.0/8', 'fc00::/7'], '10.255.0.1'), false);
  assert.equal(refused(['10.0.0.0/8', 'fc00::/7'], '[fd12::1]'), false);
  assert.equal(refused(['10.0.0.0/8', 'fc00::/7'], '11.0.0.1'), false, 'the world is open');
  assert.equal(refused(['10.0.0.0/8', 'fc00::/7'], '192.168.0.1'), true);
  assert.equal(refused(['10.1.2.3'], '10.1.2.3'), false);
  assert.equal(refused(['10.1.2.3'], '10.1.2.4'), true);
  for (const host of ['169.254.169.254', '[fe80::1]', '[fd00:ec2::254]', '100.100.100.200']) {
    assert.equal(refused(['0.0.0.0/0', '::/0'], host), true, host);
  }
});

test('a name that leads to a metadata service is not followed there', async (t) => {
  const endpoint = await startEndpoint(t);
  const { port } = new URL(endpoint.url);
  const egress = createEgress('all', answering(['169.254.169.254', '::ffff:169.254.169.254']));
  for (const scheme of ['http', 'https']) {
    await assert.rejects(get(`${scheme}://metadata.example:${port}/`, egress), (error) => {
      assert.ok(error instanceof EgressRefusal);
      assert.match(error.message, NEVER);
      return true;
    });
  }
});

test('the name of this machine is refused where loopback is', async (t) => {
  const endpoint = await startEndpoint(t);
  const url = endpoint.url.replace('127.0.0.1', 'localhost');
  assert.equal((await get(url)).status, 200);
  await assert.rejects(get(url, createEgress([])), EgressRefusal);
  await assert.rejects(get(endpoint.url, createEgress([])), EgressRefusal);
  assert.equal(endpoint.received.length, 1);
});

test('of several addresses only those are tried that may be reached', async (t) => {
  const endpoint = await startEndpoint(t);
  const { port } = new URL(endpoint.url);
  const egress = createEgress('all', answering(['169.254.169.254', '127.0.0.1']));
  assert.equal((await get(`http://both.example:${port}/`, egress)).status, 200);
});

test('a name that leads elsewhere the second time is looked at the second time', async (t) => {
  const endpoint = await startEndpoint(t, () => ({ status: 200, headers: { Connection: 'close' } }));
  const { port } = new URL(endpoint.url);
  const egress = createEgress('all', answering(['127.0.0.1'], ['169.254.169.254']));
  const exchange = createHttpExchange(egress);
  const request = { url: new URL(`http://rebound.example:${port}/`), method: 'POST', headers: {}, body: '' };
  const send = () => exchange.send(request, AbortSignal.timeout(30_000));
  assert.equal((await send()).status, 200);
  await assert.rejects(send(), NEVER);
  exchange.close();
  assert.equal(endpoint.received.length, 1);
});

test('a redirect is an answer, not a way to somewhere else', async (t) => {
  const Location = 'http://169.254.169.254/latest/meta-data';
  const endpoint = await startEndpoint(t, () => ({ status: 307, headers: { Location } }));
  assert.equal((await get(endpoint.url)).status, 307);
  assert.equal(endpoint.received.length, 1);
});

test('a name without an address, or that nobody knows, is no way out', async () => {
  await assert.rejects(
    get('http://nowhere.example/', createEgress('all', answering([]))),
    /it has no address/,
  );
  const failing: LookUpAll = (_hostname, _options, callback) => callback(new Error('ENOTFOUND'), []);
  await assert.rejects(get('http://nowhere.example/', createEgress('all', failing)), /ENOTFOUND/);
});
