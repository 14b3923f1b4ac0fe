import assert from 'node:assert/strict';
import { test } from 'node:test';
import { envelopeText } from '../domain/event.ts';
import { EventLineError, eventLine, readEventLine } from './event-line.ts';

const origin = { account: '111111111111', region: 'eu-central-1' };
const defaults = { id: () => 'new-id', origin };
const parts = {
  id: 'i',
  detailType: 'a "type"',
  source: 's',
  origin: { account: '222222222222', region: 'us-east-1' },
  time: Date.UTC(2026, 0, 2, 3, 4, 5),
  resources: ['r\n1', 'r2'],
  detail: '{"n":1.0,"n":2,"big":12345678901234567890}',
};
const envelope = envelopeText(parts);

test('an event goes out as one line and comes back as it was, digit for digit', () => {
  const event = { id: 'i', busArn: 'b', receivedAt: 1, envelope };
  const line = eventLine(event);
  assert.equal(line, envelope);
  assert.deepEqual(readEventLine(line, defaults), { id: 'i', envelope });
});

test('white space between tokens goes, line breaks too', () => {
  const spaced = envelopeText({ ...parts, detail: '{\n "text": "a b\\n" }' });
  const line = eventLine({ id: 'i', busArn: 'b', receivedAt: 1, envelope: spaced });
  assert.equal(line, envelopeText({ ...parts, detail: '{"text":"a b\\n"}' }));
});

test('what a line leaves out is filled in; the name of a replay and strange members go', () => {
  const line =
    '{"source":"s","detail":{},"detail-type":"d","time":"2026-01-02T03:04:05.678+01:00","replay-name":"r","x":1}';
  assert.deepEqual(readEventLine(line, defaults), {
    id: 'new-id',
    envelope: envelopeText({
      id: 'new-id',
      detailType: 'd',
      source: 's',
      origin,
      time: Date.UTC(2026, 0, 2, 2, 4, 5),
      resources: [],
      detail: '{}',
    }),
  });
});

test('whoever may speak for one account only says nothing of others', () => {
  const read = (source: string, account: string) =>
    readEventLine(
      eventLine({
        id: 'i',
        busArn: 'b',
        receivedAt: 1,
        envelope: envelopeText({ ...parts, source, origin: { ...origin, account } }),
      }),
      {
        ...defaults,
        onlyOwn: true,
      },
    );
  assert.equal(read('s', origin.account).id, 'i');
  assert.throws(() => read('s', '222222222222'), /"account" must be 111111111111/);
  assert.equal(read('aws.ec2', origin.account).id, 'i');
});

const refused: readonly (readonly [string, RegExp])[] = [
  ['', /not JSON at column 1/],
  ['{"a":}', /not JSON at column 6/],
  ['[]', /no JSON object/],
  ['{}', /"detail" is no JSON object/],
  ['{"detail":[]}', /"detail" is no JSON object/],
  [`{"detail":${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}}`, /"detail" is no JSON object/],
  ['{"detail":{}}', /"detail-type" is missing/],
  ['{"detail":{},"detail-type":7}', /"detail-type" is no string/],
  ['{"detail":{},"detail-type":"d"}', /"source" is missing/],
  ['{"detail":{},"detail-type":"d","source":"s","account":"1"}', /"account" can't be "1"/],
  ['{"detail":{},"detail-type":"d","source":"s","region":"A b"}', /"region" can't be "A b"/],
  ['{"detail":{},"detail-type":"d","source":"s"}', /"time" is missing/],
  ['{"detail":{},"detail-type":"d","source":"s","time":"today"}', /"time" is no ISO 8601 time/],
  [
    '{"detail":{},"detail-type":"d","source":"s","time":"2026-01-02T03:04:05Z","resources":[1]}',
    /"resources"/,
  ],
];

for (const [line, message] of refused) {
  test(`${line.slice(0, 60)} is refused: ${message.source}`, () => {
    assert.throws(
      () => readEventLine(line, defaults),
      (error) => error instanceof EventLineError && message.test(error.message),
    );
  });
}
