import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exampleLines } from './example-lines.ts';

test('a line that is too long goes on behind a backslash, before an option', () => {
  assert.equal(exampleLines('a --b c', 80), '  a --b c');
  assert.equal(exampleLines('a --long-option value --b c', 26), '  a --long-option value \\\n      --b c');
  // There is room for the backslash, too.
  for (const line of exampleLines(`busbar ${'--abc def '.repeat(30)}`, 40).split('\n')) {
    assert.ok(line.length <= 40, line);
  }
});

test('lines that are broken already stay so, and what follows is measured anew', () => {
  assert.equal(exampleLines("a --json '{\n    1\n  }' --b c", 20), "  a --json '{\n    1\n  }' --b c");
});

test('what cannot be broken stands on a line of its own', () => {
  assert.equal(
    exampleLines('a --b cccccccccccccccc --d', 12),
    '  a \\\n      --b cccccccccccccccc \\\n      --d',
  );
});
