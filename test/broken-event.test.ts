import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSqliteStore } from '../src/store/sqlite/sqlite-store.ts';
import { must } from './api-destination-rule.ts';
import { startEndpoint } from './http-endpoint.ts';
import { startTestBus } from './running-bus.ts';
import { withFolder } from './store-suite.ts';
import { untilOwed } from './until.ts';

test('a delivery whose event is not JSON ends as failed, where its target looks into it', (t) =>
  withFolder(async (data) => {
    const endpoint = await startEndpoint(t);
    const before = await startTestBus(t, { data });
    await must(before, 'PutRule', { Name: 'r', EventPattern: '{"source":["shop"]}' });
    const Targets = [{ Id: 't', Arn: endpoint.url, InputPath: '$.detail' }];
    await must(before, 'PutTargets', { Rule: 'r', Targets });
    await before.close();

    const owner = 'arn:aws:events:eu-central-1:111111111111:rule/r';
    const event = { id: 'e', busArn: 'bus', receivedAt: 1, envelope: '{"detail":' };
    const store = await openSqliteStore(data);
    await store.append([{ event, deliveries: [{ owner, targetId: 't' }] }]);
    await store.close();

    const after = await startTestBus(t, { data });
    await untilOwed(after, 0);
    await after.close();
    const again = await openSqliteStore(data);
    const [failed] = await again.listFailed({ max: 9 });
    await again.close();
    assert.equal(failed?.error.code, 'INVALID_JSON');
    assert.match(failed?.error.message ?? '', /^The event is not JSON/);
    assert.equal(endpoint.received.length, 0);
  }));
