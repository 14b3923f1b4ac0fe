import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { test } from 'node:test';
import { awsCommand, busbar, type CliCase, type Outcome, play, ZONE } from './cli-differential.ts';

process.env['TZ'] = ZONE;

const CASES: readonly CliCase[] = lines('cli-cases.jsonl');
const RECORDED = new URL('./data/cli-recorded.jsonl', import.meta.url);

// Each case takes the aws command half a second: two in three, a hundred at least, unless BUSBAR_TEST_AWS=all.
const LEAVE_OUT = process.env['BUSBAR_TEST_AWS'] === 'all' ? Number.POSITIVE_INFINITY : 3;

// BUSBAR_RECORD_CLI=<path of an aws of version 2> writes the answers down anew.
const recorder = process.env['BUSBAR_RECORD_CLI'];

if (recorder !== undefined) {
  test('recording', async (t) => {
    const outcomes: string[] = [];
    for (const cliCase of CASES) {
      outcomes.push(`${JSON.stringify(await play(t, cliCase, awsCommand(recorder)))}\n`);
    }
    writeFileSync(RECORDED, outcomes.join(''));
  });
} else {
  const recorded: readonly Outcome[] = lines('cli-recorded.jsonl');

  test('every case has its answer', () => {
    assert.ok(CASES.length >= 100);
    assert.equal(recorded.length, CASES.length);
  });

  // Recorded with the AWS CLI 2.9.19.
  test('command lines leave behind what they leave behind with the AWS CLI v2', async (t) => {
    for (const [index, cliCase] of CASES.entries()) {
      await t.test(titleOf(cliCase), async (t) => {
        assert.deepEqual(await play(t, cliCase, busbar), recorded[index]);
      });
    }
  });

  const aws = awsOfThisMachine();
  test('and with the aws command of this machine', {
    skip: aws === undefined && 'no aws',
    timeout: 900_000,
  }, async (t) => {
    if (aws === undefined) return;
    const known = CASES.filter(({ notInV1 }) => !aws.isV1 || notInV1 === undefined);
    const chosen = known.filter((_, index) => index % LEAVE_OUT !== LEAVE_OUT - 1);
    assert.ok(chosen.length >= 100, `only ${chosen.length} command lines`);
    await Promise.all(
      [0, 1].map(async (half) => {
        for (const cliCase of chosen.filter((_, index) => index % 2 === half)) {
          await t.test(titleOf(cliCase), async (t) => {
            const wanted = await play(t, cliCase, awsCommand(aws.path));
            const { code, ...rest } = await play(t, cliCase, busbar);
            assert.deepEqual({ ...rest, code: aws.isV1 ? codeInV1(code, wanted.code) : code }, wanted);
          });
        }
      }),
    );
  });
}

function titleOf({ argv, replies }: CliCase): string {
  return `${argv.join(' ')}${replies === undefined ? '' : ` (${replies.length} replies)`}`;
}

// Version 1 ends with 2 for some syntax errors and with 255 for all the rest.
function codeInV1(code: number, wanted: number): number {
  if (code === 252 && (wanted === 2 || wanted === 255)) return wanted;
  return code === 253 || code === 254 ? 255 : code;
}

function awsOfThisMachine(): { readonly path: string; readonly isV1: boolean } | undefined {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, 'aws');
    if (!existsSync(path)) continue;
    try {
      const version = execFileSync(path, ['--version'], { encoding: 'utf8' });
      return { path, isV1: version.startsWith('aws-cli/1') };
    } catch {
      // A shim of nothing: the next one may be real.
    }
  }
  return undefined;
}

function lines<Line>(name: string): readonly Line[] {
  const text = readFileSync(new URL(`./data/${name}`, import.meta.url), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}
