import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askAdmin } from '../../../test/admin-client.ts';
import { startTestBus } from '../../../test/running-bus.ts';

test('a parameter that an address does not take is refused, with those that it takes', async (t) => {
  const bus = await startTestBus(t);
  const refusal = async (path: string) => {
    const response = await askAdmin(bus.url, path);
    return `${response.status} ${((await response.json()) as { message: string }).message}`;
  };
  assert.equal(
    await refusal('/_busbar/failed?max=1&nope=1'),
    '400 There is no parameter "nope": GET /_busbar/failed takes only rule, bus, target, error, after, max.',
  );
  assert.match(await refusal('/_busbar/failed?Taget=t'), /^400 .* Did you mean target\?$/);
  assert.match(await refusal('/_busbar/tail?patern={}'), /^400 .* Did you mean pattern\?$/);
  assert.equal(
    await refusal('/_busbar/health?verbose'),
    '400 There is no parameter "verbose": GET /_busbar/health takes no parameters.',
  );
  assert.match(await refusal(`/_busbar/failed?${'x'.repeat(5000)}=1`), /^400 There is no parameter "xxx/);
});
