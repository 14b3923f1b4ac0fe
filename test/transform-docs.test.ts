import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type InputChoice, type InputSource, inputFault, targetInput } from '../src/domain/input/index.ts';
import { defaultLimits } from '../src/domain/limits.ts';
import { codecOf } from '../src/wire/codec.ts';

// Each fenced block says what it is behind its language. What is delivered, or not, belongs to the target above
// it and the event at the top.
interface Block {
  readonly line: number;
  readonly kind: string;
  readonly text: string;
}

const OUTCOMES = ['text delivered', 'text undeliverable', 'text nothing', 'text refused'];
const KINDS = ['json event', 'json target', ...OUTCOMES];

const page = readFileSync(new URL('../docs/input-transformer.md', import.meta.url), 'utf8');

const blocks: readonly Block[] = Array.from(page.matchAll(/^```(.+)\n([\s\S]*?)^```$/gm), (found) => ({
  line: page.slice(0, found.index).split('\n').length,
  kind: found[1] ?? '',
  text: (found[2] ?? '').trimEnd(),
}));

const event = blocks.find(({ kind }) => kind === 'json event')?.text ?? '';
const source: InputSource = {
  event,
  ruleArn: 'arn:aws:events:eu-central-1:111111111111:rule/shop/orders',
  ingestedAt: Date.UTC(2026, 0, 2, 3, 4, 6, 789),
};

test('every example on the page is of a kind that is run, and every target has an outcome', () => {
  assert.equal(blocks.length * 2, page.match(/^```/gm)?.length);
  for (const kind of KINDS)
    assert.ok(
      blocks.some((block) => block.kind === kind),
      kind,
    );
  for (const [index, { kind, line }] of blocks.entries()) {
    assert.ok(KINDS.includes(kind), `line ${line}: ${kind}`);
    if (kind === 'json target') assert.ok(OUTCOMES.includes(blocks[index + 1]?.kind ?? ''), `line ${line}`);
  }
});

for (const [index, { kind, line, text }] of blocks.entries()) {
  if (kind !== 'json target') continue;
  const outcome = blocks[index + 1];
  test(`docs/input-transformer.md, line ${line}: ${outcome?.kind}`, () => {
    assert.deepEqual(outcomeOf(targetOf(text)), { kind: outcome?.kind, text: outcome?.text });
  });
}

/** A target as it comes over the wire. */
function targetOf(text: string): InputChoice & { readonly id: string } {
  // The one cast at the door: the codec has seen to the shape.
  return codecOf('Target').decode({ Id: 't', Arn: 'arn', ...JSON.parse(text) }) as InputChoice & {
    id: string;
  };
}

function outcomeOf(target: InputChoice & { readonly id: string }): { kind: string; text: string } {
  const fault = inputFault(target);
  if (fault !== undefined) return { kind: 'text refused', text: fault };
  const input = targetInput(target, source);
  switch (input.kind) {
    case 'text':
      return { kind: 'text delivered', text: input.text };
    case 'invalid':
      return { kind: 'text undeliverable', text: input.text };
    case 'nothing':
      return { kind: 'text nothing', text: '' };
    default:
      return assert.fail(input.kind);
  }
}

test('the page names the longest input', () => {
  assert.ok(
    page.includes(`more than ${defaultLimits.targetInputCharacters.toLocaleString('en')} characters`),
  );
});
