import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { operations, structureOf } from '../src/api-model/api-model.ts';
import { minimalRequest } from './model-request.ts';
import { startTestBus, type TestBus } from './running-bus.ts';

// A longer run: BUSBAR_FUZZ_REQUESTS=100000 node --test test/fuzz.test.ts
const REQUESTS = Number(process.env['BUSBAR_FUZZ_REQUESTS'] ?? 3000);
const AT_ONCE = 16;

const operationName = fc.constantFrom(...operations.keys());

/** Members of the operation, each with the model's own value or any other. */
const almostRight = operationName.chain((name) => {
  const input = operations.get(name)?.input ?? '';
  const right = minimalRequest(input);
  const members = Object.fromEntries(
    Object.keys(structureOf(input).members).map((member) => [
      member,
      fc.oneof(fc.constant(right[member]), fc.jsonValue(), fc.string({ unit: 'binary' })),
    ]),
  );
  return fc.record(members, { requiredKeys: [] }).map((body) => ({ name, body: JSON.stringify(body) }));
});

const anything = fc.record({
  name: fc.oneof(operationName, fc.string()),
  body: fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc.json().map((text) => text.slice(1)),
    fc.constantFrom(
      '',
      ' ',
      'null',
      '{',
      '[[[[',
      `{"a":${'['.repeat(5000)}`,
      '\ufeff{}',
      '{"__proto__":{"x":1}}',
    ),
  ),
});

const request = fc.record({
  call: fc.oneof(almostRight, anything),
  headers: fc.dictionary(
    fc.constantFrom(
      'content-type',
      'x-amz-date',
      'content-encoding',
      'x-amz-security-token',
      'accept',
      'x-amz-user-agent',
    ),
    fc.stringMatching(/^[\x21-\x7e]{0,40}$/),
  ),
  authorization: fc.oneof(
    fc.constant(''),
    fc.stringMatching(/^[\x21-\x7e]{0,80}$/),
    fc.constant('AWS4-HMAC-SHA256 Credential=222222222222/20260102/eu-central-1/events/aws4_request'),
  ),
});

async function stateOf(bus: TestBus): Promise<string> {
  const texts = await Promise.all(
    ['ListEventBuses', 'ListRules'].map(async (operation) => (await bus.call(operation, {})).text),
  );
  return texts.join('\n');
}

test(`${REQUESTS} random requests break nothing, and touch nobody else's state`, {
  timeout: 3_600_000,
}, async (t) => {
  const bus = await startTestBus(t, { limits: { requestBodyBytes: 100_000 } });
  await bus.call('CreateEventBus', { Name: 'orders' });
  await bus.call('PutRule', { Name: 'r', EventPattern: '{"source":["a"]}' });
  const before = await stateOf(bus);
  const seed = Math.floor(Math.random() * 2 ** 31);
  t.diagnostic(`seed ${seed}`);

  const requests = fc.sample(request, { numRuns: REQUESTS, seed });
  const broken: string[] = [];
  const next = requests[Symbol.iterator]();
  const callers = Array.from({ length: AT_ONCE }, async () => {
    for (const { call, headers, authorization } of next) {
      const target = `AWSEvents.${call.name.replace(/[^\x21-\x7e]/g, '')}`;
      const response = await fetch(bus.url, {
        method: 'POST',
        headers: { ...headers, 'x-amz-target': target, authorization },
        body: call.body,
      });
      const text = await response.text();
      if (response.status >= 500) {
        broken.push(`${response.status} for ${target} ${call.body.slice(0, 500)}: ${text}`);
      }
    }
  });
  await Promise.all(callers);
  assert.deepEqual(broken, []);
  assert.equal(await stateOf(bus), before);
});
