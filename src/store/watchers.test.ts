import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { Watchers } from './watchers.ts';

test('everybody is told until they end it', () => {
  const watchers = new Watchers<string>();
  const told: string[] = [];
  const end = watchers.add((event) => told.push(`first ${event}`));
  watchers.add((event) => told.push(`second ${event}`));
  watchers.tell('a');
  end();
  watchers.tell('b');
  assert.deepEqual(told, ['first a', 'second a', 'second b']);
});

test('a listener that throws harms nobody, and its error is not swallowed', async () => {
  const program = `
    const { Watchers } = await import(${JSON.stringify(new URL('./watchers.ts', import.meta.url).href)});
    process.on('uncaughtException', (error) => console.log('uncaught: ' + error.message));
    const watchers = new Watchers();
    watchers.add(() => { throw new Error('a bug of the listener'); });
    watchers.add((event) => console.log('told: ' + event));
    watchers.tell('news');
    console.log('went on');`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
  assert.equal(stdout, 'told: news\nwent on\nuncaught: a bug of the listener\n');
});
