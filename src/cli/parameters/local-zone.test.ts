import assert from 'node:assert/strict';
import { test } from 'node:test';
import { localZoneNames, zoneNames } from './local-zone.ts';

test('the names of a zone', () => {
  assert.deepEqual(zoneNames('CET-1CEST,M3.5.0,M10.5.0/3'), ['CET', 'CEST']);
  assert.deepEqual(zoneNames('NZST-12NZDT,M9.5.0,M4.1.0/3'), ['NZST', 'NZDT']);
  assert.deepEqual(zoneNames('IST-5:30'), ['IST']);
  assert.deepEqual(zoneNames('UTC0'), ['UTC']);
  assert.deepEqual(zoneNames('<+0545>-5:45'), []);
  assert.deepEqual(zoneNames(''), []);
});

test('the names of this machine’s zone', (t) => {
  const zone = process.env['TZ'];
  t.after(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });
  process.env['TZ'] = 'Europe/Berlin';
  if (localZoneNames().length === 0) return t.skip('no zones in files');
  assert.deepEqual(localZoneNames(), ['CET', 'CEST']);
});
