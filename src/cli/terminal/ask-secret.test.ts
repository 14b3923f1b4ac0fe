import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { askSecret } from './ask-secret.ts';

// A terminal as far as it is asked here; it keeps what it was told of its mode.
function terminal() {
  const modes: boolean[] = [];
  const stream = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (isRaw: boolean) => modes.push(isRaw),
  });
  return { stream, input: stream as unknown as NodeJS.ReadStream, modes };
}

test('a line is read without being shown, and keys that erase do', async () => {
  const { stream, input, modes } = terminal();
  let shown = '';
  const asked = askSecret('Code: ', input, { write: (text) => (shown += text) });
  stream.write('12');
  stream.write('34\u007f');
  stream.write('5\r');
  assert.equal(await asked, '1235');
  assert.equal(shown, 'Code: \n');
  assert.deepEqual(modes, [true, false]);
  assert.equal(stream.listenerCount('data'), 0);
  assert.ok(stream.destroyed);
});
