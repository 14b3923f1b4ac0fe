import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generalError } from '../errors.ts';
import type { Entry } from './entry.ts';
import { type Failure, Sender } from './sender.ts';

type Answer = { readonly status: number; readonly body: string } | Error;

// The bus as a function from the sources that it is sent to its answers; the pauses as a list.
async function send(sources: readonly string[], answer: (sent: readonly string[], call: number) => Answer) {
  const pauses: number[] = [];
  const settled: (Failure | number)[] = [];
  let calls = 0;
  const sender = new Sender({
    async put(body) {
      const { Entries } = JSON.parse(body) as { Entries: { Source: string }[] };
      calls += 1;
      const result = answer(
        Entries.map(({ Source }) => Source),
        calls,
      );
      if (result instanceof Error) throw result;
      return result;
    },
    attempts: 3,
    async sleep(milliseconds) {
      pauses.push(milliseconds);
    },
    random: () => 1,
    onSettled: (entry, failure) => settled.push(failure ?? entry.index),
    onRetry: () => undefined,
  });
  const entries = sources.map(
    (source, index): Entry => ({ index, bytes: 1, json: `{"Source":"${source}"}` }),
  );
  await sender.send(entries);
  return { pauses, settled, calls };
}

const answered = (codes: readonly (string | undefined)[]): Answer => ({
  status: 200,
  body: JSON.stringify({
    FailedEntryCount: codes.filter((code) => code !== undefined).length,
    Entries: codes.map((code) =>
      code === undefined ? { EventId: 'x' } : { ErrorCode: code, ErrorMessage: 'm' },
    ),
  }),
});

test('only the entries that failed for a passing reason are sent again, after growing pauses', async () => {
  const sent: (readonly string[])[] = [];
  const { pauses, settled } = await send(['a', 'b', 'c'], (sources, call) => {
    sent.push(sources);
    if (call === 1) return answered([undefined, 'InternalFailure', 'MalformedDetail']);
    return answered([call === 2 ? 'ThrottlingException' : undefined]);
  });
  assert.deepEqual(sent, [['a', 'b', 'c'], ['b'], ['b']]);
  assert.deepEqual(settled, [0, { index: 2, code: 'MalformedDetail', message: 'm' }, 1]);
  assert.deepEqual(pauses, [100, 200]);
});

test('a bus that stays away is given up after so many attempts', async () => {
  const { settled, calls } = await send(['a'], () => generalError('gone', 'EndpointConnection'));
  assert.equal(calls, 3);
  assert.deepEqual(settled, [{ index: 0, code: 'EndpointConnection', message: 'gone' }]);
});

test('of a batch that is refused whole each entry is asked for alone', async () => {
  const refused = { status: 400, body: '{"__type":"ValidationException","message":"too large"}' };
  const { settled, calls } = await send(['a', 'large', 'c'], (sources) =>
    sources.includes('large') ? refused : answered(sources.map(() => undefined)),
  );
  assert.equal(calls, 4);
  assert.deepEqual(settled, [0, { index: 1, code: 'ValidationException', message: 'too large' }, 2]);
});

test('an answer that makes no sense is a failure, not a success', async () => {
  for (const body of ['nonsense', '{"FailedEntryCount":0,"Entries":[]}']) {
    const { settled } = await send(['a'], () => ({ status: 200, body }));
    assert.equal((settled[0] as Failure).code, 'UnreadableAnswer');
  }
});
