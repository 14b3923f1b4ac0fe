import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { nextTick, parseSchedule } from '../src/domain/schedule/schedule.ts';

const page = readFileSync(new URL('../docs/schedules.md', import.meta.url), 'utf8');

const PUT_AT = Date.parse('2026-01-15T10:30:00Z');

// Rows whose first cell is a schedule expression; the second one says when it comes, or why it is refused.
const rows = Array.from(page.matchAll(/^\| `([a-z]+\(.*\))` \| (.*) \|$/gm), (found) => ({
  line: page.slice(0, found.index).split('\n').length,
  expression: found[1] ?? '',
  says: found[2] ?? '',
}));

test('the page has examples of each kind', () => {
  for (const kind of [/^never$/, /^2026-/, /^[a-z]/]) assert.ok(rows.some(({ says }) => kind.test(says)));
  assert.ok(rows.length > 25);
});

for (const { line, expression, says } of rows) {
  test(`docs/schedules.md, line ${line}: ${expression}`, () => {
    const schedule = parseSchedule(expression);
    if (says !== 'never' && !/^\d/.test(says)) return assert.equal(schedule, undefined);
    assert.ok(schedule !== undefined, 'It is refused.');
    const expected = says === 'never' ? [] : says.split(', ');
    const times: string[] = [];
    let tick = nextTick(schedule, PUT_AT, PUT_AT - 1);
    while (tick !== undefined && times.length < expected.length) {
      times.push(new Date(tick).toISOString().slice(0, 16).replace('T', ' '));
      tick = nextTick(schedule, PUT_AT, tick);
    }
    assert.deepEqual(times, expected);
    if (says === 'never') assert.equal(tick, undefined);
  });
}
