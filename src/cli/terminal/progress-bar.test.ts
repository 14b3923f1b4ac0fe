import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clockText, ProgressBar, progressLine } from './progress-bar.ts';

const at = (width: number) => ({ perSecond: 1234.5, sharePerSecond: 0.01, width });

test('a bar with percent, count, speed and time left', () => {
  const progress = { share: 0.5, count: 12_345, unit: 'events', note: '3 failed' };
  assert.equal(
    progressLine(progress, at(79)),
    '[#############-------------]  50 %  12,345 events  1,235/s  ETA 0:50  3 failed',
  );
});

test('a narrow terminal sees what matters most, never more than fits', () => {
  const progress = { share: 0.5, count: 12_345, unit: 'events', note: '3 failed' };
  for (let width = 5; width < 130; width += 1) {
    assert.ok(progressLine(progress, at(width)).length <= width, `at ${width}`);
  }
  assert.equal(progressLine(progress, at(24)), ' 50 %  12,345 events');
});

test('without a known end there is no bar', () => {
  assert.equal(
    progressLine(
      { share: undefined, count: 5, unit: 'events' },
      { perSecond: undefined, sharePerSecond: 0, width: 80 },
    ),
    '5 events',
  );
});

test('nothing is drawn where nobody looks, nor for what is over at once', () => {
  let written = '';
  let now = 0;
  const draw = (isTTY: boolean) => {
    const bar = new ProgressBar({ write: (text) => (written += text), isTTY, columns: 40 }, () => now);
    for (const time of [0, 200, 500, 550, 1000]) {
      now = time;
      bar.show({ share: 0.1, count: time, unit: 'events' });
    }
    bar.clear();
  };
  draw(false);
  assert.equal(written, '');
  now = 0;
  draw(true);
  assert.equal(written.split('\r').length - 1, 3);
});

test('times as clocks show them', () => {
  assert.equal(clockText(0), '0:00');
  assert.equal(clockText(83.4), '1:23');
  assert.equal(clockText(3723), '1:02:03');
});
