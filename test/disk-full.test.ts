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
