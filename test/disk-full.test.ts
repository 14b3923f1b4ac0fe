import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { HandClock } from '../src/domain/clock.ts';
import { must } from './api-destination-rule.ts';
import { startEndpoint } from './http-endpoint.ts';
import { type Answer, startTestBus, type TestBus } from './running-bus.ts';
import { fillDisk, withSmallDisk } from './small-disk.ts';
import { health, until } from './until.ts';

const put = (bus: TestBus, characters: number): Promise<Answer> =>
  bus.call('PutEvents', {
    Entries: [{ Source: 'shop', DetailType: 't', Detail: `{"x":"${'x'.repeat(characters)}"}` }],
  });

function idOf({ status, json }: Answer): string | undefined {
  if (status !== 200) return undefined;
  const [entry] = json['Entries'] as { EventId?: string }[];
  return entry?.EventId;
}

test('a full disk refuses events; what was acknowledged is delivered, and the bus goes on when there is room', {
  timeout: 60_000,
}, async (t) => {
  await withSmallDisk(t, async (disk) => {
    let isAway = true;
    const endpoint = await startEndpoint(t, () => ({ status: isAway ? 503 : 200 }));
    const clock = new HandClock(Date.UTC(2026, 0, 1));
    const bus = await startTestBus(t, { data: disk, clock, random: () => 0.5 });
    await must(bus, 'PutRule', { Name: 'r', EventPattern: '{"source":["shop"]}' });
    await must(bus, 'PutTargets', { Rule: 'r', Targets: [{ Id: 't', Arn: endpoint.url }] });

    const acknowledged: string[] = [];
    for (let sent = 0; sent < 10; sent++) {
      const id = idOf(await put(bus, 50_000));
      if (id !== undefined) acknowledged.push(id);
    }
    assert.equal(acknowledged.length, 10, 'there was room for these');
    const ballast = join(disk, 'ballast');
    fillDisk(ballast);
    for (let sent = 0; sent < 5; sent++) {
      const answer = await put(bus, 200_000);
      assert.equal(answer.status, 500);
      assert.equal(answer.json['__type'], 'InternalException');
      assert.doesNotMatch(answer.text, /EventId|SQLITE|disk/, 'nothing inside leaks');
    }
    assert.equal((await bus.call('ListRules', {})).status, 200, 'it still answers');

    isAway = false;
    const arrived = () => {
      const taken = endpoint.received.map(({ body }) => JSON.parse(body).id as string);
      return new Set(taken);
    };
    rmSync(ballast);
    const again = idOf(await put(bus, 200_000));
    assert.ok(again !== undefined, 'it takes events again');
    await until(async () => {
      clock.advance(10_000); // retries fall due, and leases end whose settlement found no room
      return (await health(bus)).deliveries.owed === 0;
    });
    assert.deepEqual([...arrived()].sort(), [...acknowledged, again].sort());
    assert.deepEqual((await health(bus)).deliveries, { owed: 0, failed: 0, underWay: 0 });
    await bus.close();
  });
});

test('while the disk is full health and figures say so, and the log says it once', {
  timeout: 60_000,
}, async (t) => {
  await withSmallDisk(t, async (disk) => {
    const lines: string[] = [];
    const write = (message: string) => lines.push(message);
    const log = { info: () => undefined, warn: write, error: write };
    const bus = await startTestBus(t, { data: disk, log });
    await must(bus, 'PutRule', { Name: 'r', EventPattern: '{"source":["shop"]}' });
    await must(bus, 'PutTargets', { Rule: 'r', Targets: [{ Id: 't', Arn: 'http://127.0.0.1:1/' }] });
    const ask = async () => {
      const response = await fetch(new URL('/_busbar/health', bus.url));
      const { store } = (await response.json()) as { store?: object };
      return { status: response.status, store };
    };
    const failing = async () => {
      const text = await (await fetch(new URL('/_busbar/metrics', bus.url))).text();
      return /^busbar_store_failing (\d)$/m.exec(text)?.[1];
    };
    assert.equal((await ask()).status, 200);
    assert.equal(await failing(), '0');
    const ballast = join(disk, 'ballast');
    fillDisk(ballast);
    for (let sent = 0; sent < 5; sent++) {
      const { status, json } = await put(bus, 200_000);
      assert.equal(status, 500);
      assert.equal(
        json['message'],
        'Internal failure: nothing can be stored at the moment. Try again later.',
      );
    }
    // The write-ahead log may have room for a little, though not for an event; then it is well, and says so.
    const { store } = await ask();
    if (store !== undefined) {
      assert.equal((await ask()).status, 503);
      assert.match(JSON.stringify(store), /"problem":"full","message":"The disk is full: .*"since":"20/);
      assert.equal(await failing(), '1');
    }
    rmSync(ballast);
    assert.equal((await ask()).status, 200);
    assert.equal(await failing(), '0');
    assert.equal(lines.filter((line) => line.startsWith('The disk is full')).length, 1);
    assert.deepEqual(
      lines.filter((line) => /request failed|could not be settled/.test(line)),
      [],
    );
    assert.equal(lines.at(-1), 'The store keeps what is written again.');
    await bus.close();
  });
});

test('what was delivered while the disk was full is not delivered again once there is room', {
  timeout: 60_000,
}, async (t) => {
  await withSmallDisk(t, async (disk) => {
    const ballast = join(disk, 'ballast');
    // The disk is full by the time that the target answers.
    const endpoint = await startEndpoint(t, () => {
      fillDisk(ballast);
      return { status: 200 };
    });
    const clock = new HandClock(Date.UTC(2026, 0, 1));
    let refusals = 0;
    const error = () => {
      refusals += 1;
    };
    const log = { info: () => undefined, warn: () => undefined, error };
    const bus = await startTestBus(t, { data: disk, clock, log });
    await must(bus, 'PutRule', { Name: 'r', EventPattern: '{"source":["shop"]}' });
    await must(bus, 'PutTargets', { Rule: 'r', Targets: [{ Id: 't', Arn: endpoint.url }] });
    assert.ok(idOf(await put(bus, 10)) !== undefined);
    await until(async () => refusals > 0);
    assert.equal((await health(bus)).deliveries.owed, 1);

    rmSync(ballast);
    await until(async () => {
      clock.advance(1_000);
      return (await health(bus)).deliveries.owed === 0;
    });
    assert.equal(endpoint.received.length, 1);
    assert.ok(clock.now() < Date.UTC(2026, 0, 1, 0, 1), 'long before its lease would have ended');
    await bus.close();
  });
});
