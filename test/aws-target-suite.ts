import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Target } from '../src/api-model/types.generated.ts';
import type { AwsSettings } from '../src/deliver/targets/aws-clients.ts';
import type { Outcome, TargetKind } from '../src/deliver/targets/target-kind.ts';
import { HandClock } from '../src/domain/clock.ts';
import { type AwsAnswer, type AwsRecorder, type RecordedCall, startAwsRecorder } from './aws-recorder.ts';
import { EVENT_ID, invocationOf, NOW, OWNER } from './invocation.ts';

export { EVENT_ID, invocationOf, NOW, OWNER };

type Create<Kind> = (settings: AwsSettings) => Kind;

/** A kind of target that calls a recorder, both stopped with the test. */
export async function startKind<Kind extends TargetKind>(
  t: TestContext,
  create: Create<Kind>,
  answer?: (call: RecordedCall, n: number) => AwsAnswer,
): Promise<{ kind: Kind; aws: AwsRecorder }> {
  const aws = await startAwsRecorder(t, answer);
  return { kind: kindAt(t, create, aws.url), aws };
}

/** A kind of target whose service answers at that URL. */
export function kindAt<Kind extends TargetKind>(t: TestContext, create: Create<Kind>, url: string): Kind {
  const kind = create({ endpointOf: () => url, hasCredentials: false, clock: new HandClock(NOW) });
  t.after(() => kind.close());
  return kind;
}

/** `retryable THROTTLING` */
export function told(outcome: Outcome | undefined): string {
  return outcome === undefined || !('error' in outcome)
    ? String(outcome?.kind)
    : `${outcome.kind} ${outcome.error.code}`;
}

type AwsError = readonly [name: string, status: number];

/** What a service says in each case, by names of errors and their status. */
export interface Refusals {
  readonly missing: readonly AwsError[];
  readonly denied: readonly AwsError[];
  /** What it says of a request that it will never take. */
  readonly refused: readonly AwsError[];
  readonly throttled: readonly AwsError[];
}

/** Tests every way in which a service may refuse an invocation, fail, or be away. */
export function testRefusals(
  service: string,
  {
    create,
    target,
    input = '{"a":1}',
    refusals,
  }: { create: Create<TargetKind>; target: Omit<Target, 'id'>; input?: string; refusals: Refusals },
): void {
  const { missing, denied, refused, throttled } = refusals;
  const named: readonly (readonly [string, readonly AwsError[]])[] = [
    ['permanent NO_RESOURCE', missing],
    ['permanent NO_PERMISSIONS', denied],
    ['permanent SDK_CLIENT_ERROR', [...refused, ['Whatever', 413]]],
    ['retryable THROTTLING', [...throttled, ['Whatever', 429]]],
    [
      'retryable SDK_CLIENT_ERROR',
      [
        ['NeverHeardOf', 400],
        ['ExpiredTokenException', 400],
      ],
    ],
    ['retryable SERVER_ERROR', [['InternalFailure', 500]]],
  ];
  for (const [expected, errors] of named) {
    for (const [error, status] of errors) {
      test(`${service}: ${expected} after ${status} ${error}`, async (t) => {
        const { kind, aws } = await startKind(t, create, () => ({ error, status, message: 'No.' }));
        const outcome = await kind.invoke(invocationOf(target, { input }));
        assert.equal(told(outcome), expected);
        assert.match('error' in outcome ? outcome.error.message : '', /No\./);
        assert.equal('answer' in outcome && outcome.answer?.status, status);
        assert.equal(aws.calls.length, 1, 'the dispatcher alone asks again');
      });
    }
  }

  test(`${service}: a Retry-After is told`, async (t) => {
    const headers = { 'Retry-After': '7' };
    const { kind } = await startKind(t, create, () => ({
      error: 'ThrottlingException',
      status: 429,
      headers,
    }));
    const outcome = await kind.invoke(invocationOf(target, { input }));
    assert.equal('retryAfterMs' in outcome && outcome.retryAfterMs, 7000);
  });

  test(`${service}: a page of a proxy in place of an answer`, async (t) => {
    const { kind } = await startKind(t, create, () => ({ status: 502, body: '<html>Bad gateway</html>' }));
    const outcome = await kind.invoke(invocationOf(target, { input }));
    assert.equal(told(outcome), 'retryable SERVER_ERROR');
    assert.doesNotMatch('error' in outcome ? outcome.error.message : '', /\$response|JSON/);
  });

  test(`${service}: an answer that never ends is let go of`, async (t) => {
    const { kind } = await startKind(t, create, () => 'endless');
    assert.equal(told(await kind.invoke(invocationOf(target, { input }))), 'retryable CONNECTION_FAILURE');
  });

  test(`${service}: no answer`, async (t) => {
    const aborted = new AbortController();
    const { kind, aws } = await startKind(t, create, () => 'hang');
    const outcome = kind.invoke(invocationOf(target, { input, signal: aborted.signal }));
    await aws.arrived(1);
    aborted.abort();
    assert.equal(told(await outcome), 'retryable TIMEOUT');
  });

  test(`${service}: a connection that breaks, and none at all`, async (t) => {
    const { kind } = await startKind(t, create, () => 'reset');
    assert.equal(told(await kind.invoke(invocationOf(target, { input }))), 'retryable CONNECTION_FAILURE');
    const nowhere = kindAt(t, create, 'http://127.0.0.1:1');
    assert.equal(told(await nowhere.invoke(invocationOf(target, { input }))), 'retryable CONNECTION_FAILURE');
  });
}
