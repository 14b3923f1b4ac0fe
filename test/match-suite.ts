import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { InvalidPatternError } from '../src/match/invalid-pattern-error.ts';
import { parsePattern } from '../src/match/parse-pattern.ts';
import type { Pattern } from '../src/match/pattern.ts';

/** A pattern, an event and what AWS answers: a line of test/data/patterns.jsonl.gz. */
export interface MatchCase {
  readonly id: string;
  /** `unscored`: what AWS answers isn't certain. */
  readonly tier: 'core' | 'quirk' | 'unscored';
  readonly expect: 'match' | 'no-match' | 'invalid-pattern' | 'invalid-event' | 'internal-failure';
  /** JSON texts, to be taken as they are. */
  readonly pattern: string;
  readonly event: string;
  /** Why it is invalid, where the words are certain; for a pattern without the prefix of the message. */
  readonly reason?: string;
  /** The reason with the place that the message names, where that is known. */
  readonly message?: string;
  /** How complex the pattern's wildcards are, where that is known. */
  readonly complexity?: number;
}

/** What the suite asks of an engine. */
export type MatchEngine = (pattern: Pattern, eventText: string) => boolean;

/** All cases, in the order of their ids. */
export function matchCases(): readonly MatchCase[] {
  const file = new URL('./data/patterns.jsonl.gz', import.meta.url);
  const lines = gunzipSync(readFileSync(file)).toString('utf8').trimEnd().split('\n');
  // The one cast at the door: the file is ours.
  return lines.map((line) => JSON.parse(line) as MatchCase);
}

/** Runs every case whose answer is certain, and the hostile ones, against an engine. */
export function runMatchSuite(name: string, matches: MatchEngine): void {
  const cases = matchCases().filter(({ tier }) => tier !== 'unscored');

  test(`${name} answers what AWS answers`, () => {
    const wrong: string[] = [];
    let right = 0;
    for (const { id, expect, pattern, event } of cases) {
      if (expect !== 'match' && expect !== 'no-match') continue;
      const answer = matches(parsePattern(pattern), event) ? 'match' : 'no-match';
      if (answer === expect) right++;
      else wrong.push(`${id}: ${answer}, AWS says ${expect}: ${pattern} on ${event}`);
    }
    assert.deepEqual(wrong, []);
    assert.ok(right > 4000, `only ${right} cases were run`);
  });

  test(`${name}: what AWS refuses is refused, in the same words`, () => {
    const invalid = cases.filter(({ expect }) => expect === 'invalid-pattern');
    assert.ok(invalid.length > 250, `only ${invalid.length} cases were run`);
    for (const { id, pattern, reason, message } of invalid) {
      const error = refusal(pattern);
      assert.ok(error instanceof InvalidPatternError, `${id} is accepted: ${pattern}`);
      if (reason !== undefined) assert.equal(error.reason, reason, id);
      if (message !== undefined) {
        assert.equal(error.message, `Event pattern is not valid. Reason: ${message}`, id);
      }
    }
  });

  for (const { title, pattern, event, expect } of hostileCases()) {
    test(`${name} is not overwhelmed by ${title}`, { timeout: 10_000 }, () => {
      assert.equal(matches(parsePattern(pattern), event), expect);
    });
  }
}

function refusal(pattern: string): unknown {
  try {
    parsePattern(pattern);
    return undefined;
  } catch (error) {
    return error;
  }
}

interface HostileCase {
  readonly title: string;
  readonly pattern: string;
  readonly event: string;
  readonly expect: boolean;
}

// Each would take minutes, or all memory, or the whole stack, if it were done the obvious way.
function hostileCases(): readonly HostileCase[] {
  const list = (count: number, entry: (index: number) => string) =>
    `[${Array.from({ length: count }, (_, index) => entry(index)).join()}]`;
  const siblings = `"p":${list(3000, (n) => `{"x":${n}}`)},"q":${list(3000, (n) => `{"x":${n}}`)}`;
  const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
  return [
    {
      title: 'sibling arrays and a condition that fails behind them',
      pattern: '{"p":{"x":[{"exists":true}]},"q":{"x":[{"exists":true}]},"z":{"a":[1],"b":[1]}}',
      event: `{${siblings},"z":[{"a":1},{"b":1}]}`,
      expect: false,
    },
    {
      title: 'sibling arrays that match',
      pattern: '{"p":{"x":[2999]},"q":{"x":[{"numeric":[">=",0]}]},"z":[1]}',
      event: `{${siblings},"z":1}`,
      expect: true,
    },
    {
      title: 'one array whose elements each satisfy all conditions but one',
      pattern: '{"p":{"a":[1],"b":[1],"c":[1],"d":[1],"e":[2]}}',
      event: `{"p":${list(5000, (n) => (n % 2 === 0 ? '{"a":1,"b":1,"c":1,"d":1}' : '{"a":1,"d":1,"e":2}'))}}`,
      expect: false,
    },
    {
      title: 'eight arrays of values',
      pattern: `{${Array.from({ length: 8 }, (_, n) => `"k${n}":{"v":[{"anything-but":"x"}]}`).join()},"z":{"a":[1],"b":[1]}}`,
      event: `{${Array.from({ length: 8 }, (_, n) => `"k${n}":${list(50, (i) => `{"v":${i}}`)}`).join()},"z":[{"a":1},{"b":1}]}`,
      expect: false,
    },
    {
      title: 'arrays in arrays in arrays',
      pattern: '{"p":{"a":[1],"b":[2],"c":{"exists":[{"exists":false}]}}}',
      event: `{"p":${list(30, () => list(30, () => list(30, (n) => `{"a":${n % 2},"b":1}`)))}}`,
      expect: false,
    },
    {
      title: 'an object 999 objects deep',
      pattern: nested(999).replace('1', '[1]'),
      event: nested(999),
      expect: true,
    },
    {
      title: 'arrays 990 deep',
      pattern: '{"a":{"b":[1]}}',
      event: `{"a":${'['.repeat(990)}{"b":1}${']'.repeat(990)}}`,
      expect: true,
    },
    {
      title: 'a field repeated ten thousand times',
      pattern: '{"a":{"b":[9999]}}',
      event: `{${Array.from({ length: 10_000 }, (_, n) => `"a":{"b":${n}}`).join()}}`,
      expect: true,
    },
    {
      title: 'a value that a backtracking wildcard would never finish',
      pattern: '{"a":[{"wildcard":"*aa*ab*ac"}]}',
      event: `{"a":"${'a'.repeat(200_000)}"}`,
      expect: false,
    },
    {
      title: 'names that JavaScript objects are born with',
      pattern: '{"__proto__":{"toString":["x"]},"constructor":[{"exists":false}]}',
      event: '{"__proto__":{"toString":"x"}}',
      expect: true,
    },
    {
      title: 'a thousand sub-rules',
      pattern: `{"p":{"x":[1]},"$or":${list(31, (n) => `{"m":[${n}]}`)},"z":{"$or":${list(32, (n) => `{"n":[${n}]}`)}}}`,
      event: `{${siblings},"m":30,"z":{"n":32}}`,
      expect: false,
    },
  ];
}
