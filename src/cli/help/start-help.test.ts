import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settings } from '../../config.ts';
import { startHelp } from './start-help.ts';

test('every setting is there with its variable, in lines that fit', () => {
  for (const width of [80, 120]) {
    const help = startHelp(width);
    for (const line of help.split('\n')) assert.ok(line.length <= width || !line.trim().includes(' '), line);
    for (const setting of Object.values(settings)) {
      if ('flag' in setting) assert.match(help, new RegExp(`^ {2}--${setting.flag}( |$)`, 'm'));
      assert.ok(help.replace(/\s+/g, ' ').includes(setting.env), setting.env);
    }
  }
  assert.match(startHelp(120), /\(BUSBAR_PORT; 4010\)/);
  assert.match(startHelp(80), /Examples:\n {2}# .*\n {2}busbar start\n/);
});
