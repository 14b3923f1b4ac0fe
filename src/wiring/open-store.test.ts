import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { withFolder } from '../../test/store-suite.ts';
import { ConfigError, readConfig } from '../config.ts';
import { openStore } from './open-store.ts';

const open = (folder: string) => openStore(readConfig([`--data=${folder}`], {}));

test('a folder in which no files can be made is a setting that can not be used', () =>
  withFolder(async (folder) => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    for (const wrong of [file, join(file, 'below'), ...(existsSync('/proc/self') ? ['/proc/x/y'] : [])]) {
      await assert.rejects(open(wrong), (error) => {
        assert.ok(error instanceof ConfigError);
        assert.match(error.message, /^--data \(or BUSBAR_DATA\) must be a folder in which files can be made/);
        assert.ok(error.message.includes(`"${wrong}"`));
        return true;
      });
    }
  }));

test('a folder is made with all that is around it', () =>
  withFolder(async (folder) => {
    const store = await open(join(folder, 'a', 'b', 'c'));
    await store.close();
    assert.ok(existsSync(join(folder, 'a', 'b', 'c', 'busbar.sqlite')));
  }));
