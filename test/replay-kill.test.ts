import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  CreateArchiveCommand,
  DescribeReplayCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  StartReplayCommand,
} from '@aws-sdk/client-eventbridge';
import { endBusProcess, startBusProcess } from './bus-process.ts';
import { startEndpoint } from './http-endpoint.ts';

const arn = (resource: string) => `arn:aws:events:eu-central-1:111111111111:${resource}`;
const START = Date.parse('2026-01-02T03:04:05Z');

test('whenever it is killed, what was archived is there and a replay goes on to its end', {
  timeout: 120_000,
}, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'busbar-kill-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const endpoint = await startEndpoint(t);
  let server = await startBusProcess(t, '--data', folder);
  const EventSourceArn = arn('event-bus/default');
  await server.client.send(new CreateArchiveCommand({ ArchiveName: 'a', EventSourceArn }));
  const acknowledged: string[] = [];
  for (let call = 0; call < 60; call++) {
    const Entries = Array.from({ length: 10 }, (_, n) => ({
      Source: 'a',
      DetailType: 't',
      Detail: '{}',
      Time: new Date(START + (call * 10 + n) * 1000),
    }));
    const { Entries: results = [] } = await server.client.send(new PutEventsCommand({ Entries }));
    acknowledged.push(...results.map(({ EventId }) => EventId ?? 'no id'));
  }
  await endBusProcess(server);

  server = await startBusProcess(t, '--data', folder);
  const EventPattern = '{"replay-name":["r"]}';
  await server.client.send(new PutRuleCommand({ Name: 'r', EventPattern }));
  const Targets = [{ Id: 't', Arn: endpoint.url }];
  await server.client.send(new PutTargetsCommand({ Rule: 'r', Targets }));
  await server.client.send(
    new StartReplayCommand({
      ReplayName: 'r',
      EventSourceArn: arn('archive/a'),
      EventStartTime: new Date(START + 100_000),
      EventEndTime: new Date(START + 500_000),
      Destination: { Arn: EventSourceArn },
    }),
  );
  const wanted = acknowledged.slice(100, 500);
  const arrived = () => endpoint.received.map(({ body }) => JSON.parse(body).id as string);
  for (let kills = 0; kills < 4; kills++) {
    await endpoint.arrived(endpoint.received.length + 1 + Math.floor(Math.random() * 60));
    await endBusProcess(server);
    server = await startBusProcess(t, '--data', folder);
    if (new Set(wanted).isSubsetOf(new Set(arrived()))) break;
  }
  while (!new Set(wanted).isSubsetOf(new Set(arrived())))
    await endpoint.arrived(endpoint.received.length + 1);
  assert.deepEqual([...new Set(arrived())].sort(), wanted.toSorted(), 'events beyond the window came too');
  let state: string | undefined;
  while (state !== 'COMPLETED') {
    ({ State: state } = await server.client.send(new DescribeReplayCommand({ ReplayName: 'r' })));
    assert.ok(state === 'RUNNING' || state === 'COMPLETED', state);
  }
  t.diagnostic(`${arrived().length} arrivals of ${wanted.length} events`);
});
