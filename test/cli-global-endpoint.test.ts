import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { readConfig } from '../src/config.ts';
import { startBusbar } from '../src/main.ts';
import { run, serve } from './cli-run.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const ENTRIES = 'Source=shop,DetailType=order,Detail="{}",EventBusName=orders';

// A bus that knows its callers, with an event bus in two regions and an endpoint over both.
async function globe(t: TestContext) {
  const config = readConfig(['--port=0', '--memory'], { BUSBAR_ACCESS_KEYS: 'ANNE:secret:111111111111' });
  const bus = await startBusbar(config, { log: silent });
  t.after(() => bus.close());
  const env = (secret: string) => ({
    HOME: '/nonexistent',
    AWS_ENDPOINT_URL: bus.url,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'ANNE',
    AWS_SECRET_ACCESS_KEY: secret,
  });
  const events = (argv: readonly string[], secret = 'secret') =>
    run(['events', ...argv], { env: env(secret) });
  const succeed = async (argv: readonly string[]) => {
    const { code, stdout, stderr } = await events(argv);
    assert.equal(code, 0, stderr);
    return stdout;
  };
  const regions = ['eu-central-1', 'eu-west-1'];
  for (const region of regions) await succeed(['create-event-bus', '--name', 'orders', '--region', region]);
  const failover =
    'FailoverConfig={Primary={HealthCheck=arn:aws:route53:::healthcheck/h},Secondary={Route=eu-west-1}}';
  await succeed([
    ...['create-endpoint', '--name', 'globe', '--routing-config', failover],
    ...['--replication-config', 'State=DISABLED', '--event-buses'],
    ...regions.map((region) => `EventBusArn=arn:aws:events:${region}:111111111111:event-bus/orders`),
  ]);
  const described = JSON.parse(await succeed(['describe-endpoint', '--name', 'globe']));
  return { events, id: String(described.EndpointId) };
}

test('events for a global endpoint are signed for every region, and the bus checks that', async (t) => {
  const { events, id } = await globe(t);
  const put = ['put-events', '--endpoint-id', id, '--entries', ENTRIES];
  const taken = await events([...put, '--debug']);
  assert.equal(taken.code, 0, taken.stderr);
  assert.match(taken.stdout, /"FailedEntryCount": 0/);
  assert.match(taken.stderr, /^x-amz-region-set: \*$/m);
  assert.match(
    taken.stderr,
    /^authorization: AWS4-ECDSA-P256-SHA256 Credential=ANNE\/\d{8}\/events\/aws4_request,/m,
  );

  const forged = await events(put, 'wrong');
  assert.equal(forged.code, 254);
  assert.match(forged.stderr, /\(InvalidSignatureException\) when calling the PutEvents operation/);
});

test('a session token is signed too; without a signature nothing is', async (t) => {
  const service = await serve(t, [{ body: '{"FailedEntryCount":0,"Entries":[]}' }]);
  const line = ['events', 'put-events', '--endpoint-id', 'abcde.veo', '--entries', ENTRIES];
  const env = {
    HOME: '/nonexistent',
    AWS_ENDPOINT_URL: service.url,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKID',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_SESSION_TOKEN: 'token',
  };
  assert.equal((await run(line, { env })).code, 0);
  assert.equal((await run([...line, '--no-sign-request'], { env })).code, 0);
  const [signed, plain] = service.received;
  assert.equal(signed?.headers['x-amz-security-token'], 'token');
  assert.match(String(signed?.headers.authorization), /SignedHeaders=[^,]*x-amz-security-token/);
  assert.equal(plain?.headers.authorization, undefined);
  assert.equal(JSON.parse(JSON.stringify(plain?.body)).EndpointId, 'abcde.veo');
});
