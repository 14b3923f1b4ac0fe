import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { startEndpoint } from '../../../test/http-endpoint.ts';
import { createAwsHttp } from './aws-http.ts';

function requestTo(url: string, more: object = {}) {
  const { protocol, hostname, port } = new URL(url);
  return { protocol, hostname, port: Number(port), method: 'POST', path: '/', headers: {}, ...more };
}

function httpOf(t: TestContext) {
  const http = createAwsHttp();
  t.after(() => http.close());
  return http;
}

test('a request goes out as it was signed, and its answer comes back whole', async (t) => {
  const headers = { 'X-Amzn-RequestId': 'r-1' };
  const endpoint = await startEndpoint(t, () => ({ status: 418, headers, body: 'é' }));
  const query = { 'a b': "c'(d)", list: ['1', '2'], none: null };
  const request = requestTo(endpoint.url, { path: '/a%3Ab', query, headers: { 'X-Own': '1' }, body: 'é' });
  const { response } = await httpOf(t).handle(request);
  assert.equal(response.statusCode, 418);
  assert.equal(response.headers['x-amzn-requestid'], 'r-1');
  assert.equal(Buffer.from(response.body).toString(), 'é');
  const [received] = endpoint.received;
  assert.equal(received?.path, '/a%3Ab?a%20b=c%27%28d%29&list=1&list=2&none=');
  assert.equal(received?.headers['x-own'], '1');
  assert.equal(received?.body, 'é');
});

test('an aborted request never begins, or ends at once', async (t) => {
  const endpoint = await startEndpoint(t, () => 'hang');
  const http = httpOf(t);
  const aborted = AbortSignal.abort();
  await assert.rejects(http.handle(requestTo(endpoint.url), { abortSignal: aborted }), /before it began/);
  const later = new AbortController();
  const answer = http.handle(requestTo(endpoint.url), { abortSignal: later.signal });
  await endpoint.arrived(1);
  later.abort();
  await assert.rejects(answer, /Aborted/);
});

test('an answer that breaks off, or is none, is an error', async (t) => {
  const server = createServer((request, response) => {
    if (request.url === '/upgrade') {
      response.writeHead(101, { Connection: 'Upgrade', Upgrade: 'other' }).end();
      return;
    }
    response.writeHead(200, { 'Content-Length': 10 });
    response.write('half', () => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const http = httpOf(t);
  await assert.rejects(http.handle(requestTo(url)), /broke off|aborted/);
  await assert.rejects(http.handle(requestTo(url, { path: '/upgrade' })), /switched protocols/);
});
