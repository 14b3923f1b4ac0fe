import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBus } from '../../../test/running-bus.ts';
import { HandClock } from '../../domain/clock.ts';

async function ask(url: string, body?: unknown): Promise<{ status: number; json: Record<string, unknown> }> {
  const response = await fetch(new URL('/_busbar/clock', url), {
    ...(body === undefined
      ? {}
      : { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: response.status, json: (await response.json()) as Record<string, unknown> };
}

const NOON = Date.UTC(2026, 0, 2, 12);

test('a clock that is moved by hand tells the time, goes on, and goes to a time', async (t) => {
  const { url } = await startTestBus(t, { clock: new HandClock(NOON) });
  const at = (now: string) => ({ status: 200, json: { kind: 'hand', now } });
  assert.deepEqual(await ask(url), at('2026-01-02T12:00:00.000Z'));
  assert.deepEqual(await ask(url, { advance: '1h30m' }), at('2026-01-02T13:30:00.000Z'));
  assert.deepEqual(await ask(url, { advance: 1500 }), at('2026-01-02T13:30:01.500Z'));
  assert.deepEqual(await ask(url, { to: '2026-01-03T00:00:00Z' }), at('2026-01-03T00:00:00.000Z'));
  assert.deepEqual(await ask(url, { next: true }), at('2026-01-03T00:00:00.000Z'));
});

test('next jumps to the next thing due, which the clock tells', async (t) => {
  const bus = await startTestBus(t, { clock: new HandClock(NOON) });
  await bus.call('PutRule', { Name: 'hourly', ScheduleExpression: 'cron(0 * * * ? *)' });
  const { json } = await ask(bus.url);
  assert.equal(json['nextDue'], '2026-01-02T13:00:00.000Z');
  assert.equal((await ask(bus.url, { next: true })).json['now'], '2026-01-02T13:00:00.000Z');
});

test('what moves no clock is refused with what would', async (t) => {
  const { url } = await startTestBus(t, { clock: new HandClock(NOON) });
  const refusals: [unknown, RegExp][] = [
    ['', /must be a JSON object/],
    ['{', /must be a JSON object/],
    ['7', /must be a JSON object/],
    [{}, /That moves no clock: \{\}\. Say/],
    [{ back: '1h' }, /That moves no clock/],
    [{ to: 'tomorrow' }, /That moves no clock/],
    [{ advance: '1h', next: true }, /one way at a time/],
    [{ advance: 'soon' }, /"soon" is no duration/],
    [{ advance: -1 }, /-1 is no duration/],
    [{ to: '2026-01-01T00:00:00Z' }, /stands at 2026-01-02T12:00:00.000Z and can't be moved to 2026-01-01/],
  ];
  for (const [body, message] of refusals) {
    const { status, json } = await ask(url, body);
    assert.equal(status, 400);
    assert.match(String(json['message']), message);
  }
});

test("the machine's clock can be read and not be moved", async (t) => {
  const { url } = await startTestBus(t);
  const { json } = await ask(url);
  assert.equal(json['kind'], 'system');
  const refused = await ask(url, { next: true });
  assert.equal(refused.status, 409);
  assert.match(String(refused.json['message']), /--clock hand/);
});
