import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { InvalidPatternError, Matcher, matches, type Pattern, parsePattern } from '../src/match/index.ts';

// Each fenced block says what it is behind its language. An event belongs to the pattern above it, a reason
// and a hint to the refused pattern above them.
interface Block {
  readonly line: number;
  readonly kind: string;
  readonly text: string;
}

const KINDS = ['json pattern', 'json match', 'json no-match', 'json refused', 'text reason', 'text hint'];

const page = readFileSync(new URL('../docs/patterns.md', import.meta.url), 'utf8');

const blocks: readonly Block[] = Array.from(page.matchAll(/^```(.+)\n([\s\S]*?)^```$/gm), (found) => ({
  line: page.slice(0, found.index).split('\n').length,
  kind: found[1] ?? '',
  text: (found[2] ?? '').trimEnd(),
}));

test('every example on the page is of a kind that is run', () => {
  assert.deepEqual(
    blocks.filter(({ kind }) => !KINDS.includes(kind)),
    [],
  );
  assert.equal(blocks.length * 2, page.match(/^```/gm)?.length);
  for (const kind of KINDS)
    assert.ok(
      blocks.some((block) => block.kind === kind),
      kind,
    );
});

let pattern: Pattern | undefined;
let refusal: InvalidPatternError | undefined;

for (const { line, kind, text } of blocks) {
  test(`docs/patterns.md, line ${line}: ${kind}`, () => {
    if (kind === 'json pattern') pattern = parsePattern(text);
    else if (kind === 'json refused') refusal = refused(text);
    else if (kind === 'text reason') assert.equal(refusal?.reason, text);
    else if (kind === 'text hint') assert.equal(refusal?.hint, text);
    else assertMatch(text, kind === 'json match');
  });
}

function refused(text: string): InvalidPatternError {
  try {
    parsePattern(text);
  } catch (error) {
    assert.ok(error instanceof InvalidPatternError);
    return error;
  }
  return assert.fail('The pattern is accepted.');
}

function assertMatch(event: string, expected: boolean): void {
  assert.ok(pattern !== undefined, 'There is no pattern above this event.');
  assert.equal(matches(pattern, event), expected);
  const matcher = new Matcher<string>();
  matcher.addRule('rule', pattern);
  assert.deepEqual(matcher.rulesFor(event), expected ? ['rule'] : []);
}
