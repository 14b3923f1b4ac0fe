import assert from 'node:assert/strict';
import { test } from 'node:test';
import { operationsByCommand } from '../operations/operations-by-command.ts';
import { helpWidth } from '../terminal/help-width.ts';
import { operationHelp, serviceHelp } from './help.ts';

test('help fits into 80 and into 120 columns', () => {
  for (const width of [80, 120]) {
    const pages = [...operationsByCommand].map(([name, operation]) => operationHelp(name, operation, width));
    for (const line of [...pages, serviceHelp(width)].flatMap((page) => page.split('\n'))) {
      // An address can't be broken.
      if (!line.startsWith('  https://')) assert.ok(line.length <= width, line);
      assert.equal(line.trimEnd(), line.replace(/\t/g, ''));
    }
  }
});

test('help uses the width that there is', () => {
  const widest = (text: string) => Math.max(...text.split('\n').map((line) => line.length));
  assert.ok(widest(serviceHelp(120)) > 100);
  assert.ok(widest(serviceHelp(60)) <= 60);
});

test('the width is that of the terminal within reason, 80 columns without one', () => {
  const widthOf = (columns: number, isTTY = true) => helpWidth({ write: () => undefined, isTTY, columns });
  assert.equal(widthOf(100), 100);
  assert.equal(widthOf(300), 120);
  assert.equal(widthOf(10), 40);
  assert.equal(widthOf(0), 80);
  assert.equal(widthOf(100, false), 80);
});

test('an operation is explained in the order of the AWS CLI, each option with its type, text and limits', () => {
  const page = pageOf('put-rule');
  const places = ['busbar events put-rule\n\nCreates', 'Synopsis:', 'Options:', 'Examples:', 'Output:'].map(
    (heading) => page.indexOf(heading),
  );
  assert.deepEqual(
    places,
    [...places].sort((a, b) => a - b),
  );
  assert.ok(!places.includes(-1));
  assert.match(
    page,
    /^ {2}--name \(string, required\)\n {6}The name of the rule,[\s\S]*?1 to 64\n? *characters\./m,
  );
  assert.match(page, /^ {6}Key \(string, required\)\n {10}What it is called/m);
  assert.match(pageOf('delete-rule'), /^ {2}--force \| --no-force \(boolean\)$/m);
  assert.match(pageOf('describe-event-bus'), /^ {2}\[?--name/m);
});

test('what is nested in what an option takes is explained too', () => {
  const page = pageOf('put-targets');
  assert.match(
    page,
    /^ {14}awsvpcConfiguration \(structure\)\n[\s\S]*?^ {18}Subnets \(list of strings, required\)$/m,
  );
  assert.match(page, /From 60\s+to 86,400\./);
  assert.match(pageOf('create-api-destination'), /One of POST, GET, HEAD/);
  assert.match(pageOf('tag-resource'), /\n\nOutput:\n {2}none\n\n/);
  assert.match(pageOf('delete-rule'), /\n\nOutput:\n {2}none\n\n/);
});

function pageOf(name: string): string {
  const operation = operationsByCommand.get(name);
  assert.ok(operation !== undefined);
  return operationHelp(name, operation, 80);
}
