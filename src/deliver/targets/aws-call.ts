import type { AwsClients, AwsSettings } from './aws-clients.ts';
import { outcomeOfAwsError } from './aws-outcome.ts';
import { UnusableInputError } from './input-members.ts';
import { delivered, type Invocation, type Outcome, permanent, type TargetKind } from './target-kind.ts';

/** A kind of target that is invoked by one call of an AWS API. */
export interface AwsCall<Client> {
  /** For people: `Amazon ECS`. */
  readonly service: string;
  readonly clients: AwsClients<Client>;
  /** Names of errors that mean, for this service alone, that the call will never be taken. */
  readonly refusals?: ReadonlySet<string>;
  /** Names of errors that mean that an earlier attempt has done it. */
  readonly done?: ReadonlySet<string>;
  /**
   * Makes the call: it rejects with what the SDK throws, or with an UnusableInputError. Answers an outcome where
   * success can be other than delivered.
   */
  send(
    client: Client,
    invocation: Invocation,
    options: { readonly abortSignal: AbortSignal },
  ): Promise<Outcome | object | undefined>;
}

/** Such a kind of target, with outcomes as all AWS services have them. */
export function createAwsCallTarget<Client>(
  { service, clients, refusals, done, send }: AwsCall<Client>,
  { clock }: Pick<AwsSettings, 'clock'>,
): TargetKind {
  return {
    async invoke(invocation) {
      const { target, signal } = invocation;
      try {
        const answer = await send(clients.for(target.arn), invocation, { abortSignal: signal });
        return isOutcome(answer) ? answer : delivered;
      } catch (error) {
        if (error instanceof Error && done?.has(error.name)) return delivered;
        if (wasTaken(error)) return delivered;
        if (error instanceof UnusableInputError || isOfOurMaking(error)) {
          return permanent('INVALID_PARAMETER', `${service} can't be asked that: ${error.message}`);
        }
        return outcomeOfAwsError(error, {
          service,
          signal,
          now: clock.now(),
          ...(refusals === undefined ? {} : { refusals }),
        });
      }
    },
    close: () => clients.close(),
  };
}

/** The service has done it, and said so in words that the SDK could not read, as compatible servers may. */
function wasTaken(error: unknown): boolean {
  const { $response }: Partial<AnsweredError> = error instanceof Error ? error : {};
  const status = $response?.statusCode ?? 0;
  return status >= 200 && status < 300;
}

/** What the SDKs put into their errors where an answer came. */
interface AnsweredError extends Error {
  readonly $response?: { readonly statusCode?: number };
}

/** An input of a form that an SDK client, above all an older one, can't write down: nothing was asked. */
function isOfOurMaking(error: unknown): error is Error {
  return (
    error instanceof TypeError && !('$response' in error) && !('$metadata' in error) && !('code' in error)
  );
}

function isOutcome(answer: Outcome | object | undefined): answer is Outcome {
  return answer !== undefined && 'kind' in answer && !('$metadata' in answer);
}
