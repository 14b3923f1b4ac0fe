import type { HttpAnswer } from '../http-exchange.ts';
import { outcomeOfAnswer } from './http-outcome.ts';
import type { Outcome } from './target-kind.ts';

/** What an answer of API Gateway or AppSync means: as any over HTTP, but 403 is their word for missing permissions. */
export function outcomeOfGateway(answer: HttpAnswer, now: number): Outcome {
  const outcome = outcomeOfAnswer(answer, { now });
  return answer.status === 403 && outcome.kind === 'permanent'
    ? { ...outcome, error: { ...outcome.error, code: 'NO_PERMISSIONS' } }
    : outcome;
}
