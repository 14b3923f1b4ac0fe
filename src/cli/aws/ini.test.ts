import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IniError, parseIni } from './ini.ts';

test('sections, comments, blocks and lines that go on', () => {
  const sections = parseIni(
    [
      '# a comment',
      '[default]',
      'Region = eu-west-1 # no comment',
      'output: json',
      'empty =',
      '',
      '[services local] ',
      'eventbridge =',
      '  endpoint_url = http://localhost:4010?a=b',
      '  ; a comment',
      '  other=1',
      'long = one',
      '  two',
    ].join('\r\n'),
  );
  assert.deepEqual(
    sections,
    new Map([
      [
        'default',
        new Map([
          ['region', 'eu-west-1 # no comment'],
          ['output', 'json'],
          ['empty', ''],
        ]),
      ],
      [
        'services local',
        new Map<string, string | Map<string, string>>([
          [
            'eventbridge',
            new Map([
              ['endpoint_url', 'http://localhost:4010?a=b'],
              ['other', '1'],
            ]),
          ],
          ['long', 'one\ntwo'],
        ]),
      ],
    ]),
  );
});

test('what is not in the format', () => {
  for (const text of ['a = b', '[a]\nb', '[a]\n[a]', '[a]\nb=1\nb=2', '[a]\nb =\n  c']) {
    assert.throws(() => parseIni(text), IniError, text);
  }
});
