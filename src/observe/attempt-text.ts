import type { AttemptOnTimeline } from '../domain/timeline.ts';
import type { Progress } from './shared-progress.ts';

type Fields = readonly [
  number: number,
  startedAt: number,
  outcome: AttemptOnTimeline['outcome'],
  inputBytes: number,
  status: number | null,
  response: string | null,
  error: AttemptOnTimeline['error'] | null,
];

/** An attempt as a short text, without what its record says beside it: when it ended, and its target. */
export function attemptText(attempt: AttemptOnTimeline): string {
  const { number, startedAt, outcome, inputBytes, status, response, error } = attempt;
  return JSON.stringify([number, startedAt, outcome, inputBytes, status, response, error]);
}

/** The attempt that `attemptText` was given. */
export function attemptOf(
  text: string,
  { at: endedAt, extra }: { readonly at: number; readonly extra: Pick<Progress, 'targetArn'> },
): AttemptOnTimeline {
  const [number, startedAt, outcome, inputBytes, status, response, error] = JSON.parse(text) as Fields;
  return {
    number,
    targetArn: extra.targetArn ?? '',
    startedAt,
    endedAt,
    outcome,
    inputBytes,
    ...(status === null ? {} : { status }),
    ...(response === null ? {} : { response }),
    ...(error === null ? {} : { error }),
  };
}
