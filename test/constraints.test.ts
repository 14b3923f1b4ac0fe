import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actions } from '../src/actions/index.ts';
import { operations } from '../src/api-model/api-model.ts';
import { violations } from './model-request.ts';
import { startTestBus } from './running-bus.ts';

// Every constraint of the model is violated once, in every operation that is implemented.
for (const name of Object.keys(actions)) {
  const operation = operations.get(name);
  if (operation === undefined) throw new Error(`there is an action ${name} that is no operation`);

  test(`${name} refuses every violation of its model`, async (t) => {
    const bus = await startTestBus(t);
    const wrong: string[] = [];
    const all = violations(operation.input);
    for (const { name: violation, request, expected } of all) {
      const { status, json } = await bus.call(name, request);
      const refused = status === 400 && json.__type === expected;
      const worded =
        expected === 'SerializationException' ||
        /^\d+ validation errors? detected: /.test(String(json.message));
      if (!refused || !worded) wrong.push(`${violation}: ${status} ${JSON.stringify(json)}`);
    }
    assert.deepEqual(wrong, []);
    t.diagnostic(`${all.length} violations`);
  });

  test(`${name} ignores members that its model does not know`, async (t) => {
    const bus = await startTestBus(t);
    const { json } = await bus.call(name, { NoSuchMember: { a: [1] } });
    assert.notEqual(json.__type, 'SerializationException');
    assert.notEqual(json.__type, 'InternalException');
  });
}
