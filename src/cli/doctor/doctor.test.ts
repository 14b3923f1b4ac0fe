import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loops } from './loops.ts';
import { covers, overlaps } from './overlaps.ts';
import type { Survey, SurveyedRule } from './survey.ts';
import { unreachable } from './unreachable.ts';

const busArn = (name: string) => `arn:aws:events:r:1:event-bus/${name}`;

function rule(
  name: string,
  busName: string,
  more: Partial<SurveyedRule> & { readonly to?: readonly string[] } = {},
) {
  const { to = [], ...rest } = more;
  const targets = to.map((arn, index) => ({ id: String(index), arn, hasDeadLetterQueue: true }));
  return {
    name,
    busName,
    busArn: busArn(busName),
    isEnabled: true,
    pattern: '{"source":["a"]}',
    targets,
    ...rest,
  };
}

const surveyOf = (...rules: readonly SurveyedRule[]): Survey => ({ rules, apiDestinations: [] });

test('loops are found once, however long, and not through disabled rules', () => {
  const ring = surveyOf(
    rule('x', 'a', { to: [busArn('b'), 'arn:aws:sqs:r:1:q'] }),
    rule('y', 'b', { to: [busArn('c')] }),
    rule('z', 'c', { to: [busArn('a')] }),
    rule('own', 'd', { to: [busArn('d')] }),
    rule('off', 'b', { to: [busArn('a')], isEnabled: false }),
  );
  assert.deepEqual(
    loops(ring).map(({ message }) => message),
    ['Events may go round for ever: c —z→ a, a —x→ b, b —y→ c.', 'Events may go round for ever: d —own→ d.'],
  );
  assert.deepEqual(loops(surveyOf(rule('x', 'a', { to: [busArn('b')] }), rule('y', 'b'))), []);
});

test('a pattern covers another only where that is certain', () => {
  const narrow = { source: ['a'], detail: { n: [1] } };
  assert.ok(covers({ source: ['b', 'a'] }, narrow));
  assert.ok(covers(narrow, narrow));
  assert.ok(!covers(narrow, { source: ['a'] }));
  assert.ok(!covers({ source: [{ prefix: 'a' }] }, narrow));
  assert.ok(!covers({ detail: { n: [{ exists: true }] } }, narrow));
});

test('rules that deliver the same events to the same place', () => {
  const q = 'arn:aws:sqs:r:1:q';
  const wide = rule('wide', 'a', { pattern: '{"source":["a","b"]}', to: [q] });
  const narrow = rule('narrow', 'a', { to: [q] });
  assert.equal(overlaps(surveyOf(wide, narrow))[0]?.check, 'overlap');
  assert.deepEqual(overlaps(surveyOf(wide, rule('elsewhere', 'b', { to: [q] }))), []);
  assert.deepEqual(overlaps(surveyOf(wide, rule('other', 'a', { to: ['arn:aws:sqs:r:1:p'] }))), []);
  assert.equal(overlaps(surveyOf(narrow, rule('twin', 'a')))[0]?.check, 'same-pattern');
  assert.deepEqual(overlaps(surveyOf(narrow, rule('off', 'a', { to: [q], isEnabled: false }))), []);
});

test('each endpoint is knocked at once, for all that use it', async () => {
  const knocked: string[] = [];
  const destination = { name: 'd', arn: 'arn:d', endpoint: 'https://api.example/*/x', isActive: true };
  const findings = await unreachable(
    {
      rules: [rule('x', 'default', { to: ['http://h/1', 'arn:d'] }), rule('y', 'b', { to: ['http://h/1'] })],
      apiDestinations: [
        destination,
        { ...destination, arn: 'arn:unused', endpoint: 'https://unused.example/' },
      ],
    },
    async (url) => {
      knocked.push(url.href);
      return url.hostname === 'h' ? 'ECONNREFUSED' : undefined;
    },
  );
  assert.deepEqual(knocked, ['http://h/1', 'https://api.example/x/x']);
  assert.equal(findings[0]?.subject, 'rule x, target 0; rule y on b, target 0');
  assert.equal(findings[0]?.message, 'Nothing answers at http://h/1: ECONNREFUSED.');
  assert.equal(findings.length, 1);
});
