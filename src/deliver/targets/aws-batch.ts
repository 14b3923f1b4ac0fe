import type { Target } from '../../api-model/types.generated.ts';
import type { AwsClients, AwsSettings } from './aws-clients.ts';
import { outcomeOfAwsError } from './aws-outcome.ts';
import {
  type BatchLimits,
  type FailedOutcome,
  type Invocation,
  type Outcome,
  retryable,
  type TargetKind,
} from './target-kind.ts';

/** An AWS service that takes many entries in one call. */
export interface BatchService<Client, Entry> {
  /** For people: `Amazon SNS`. */
  readonly name: string;
  readonly clients: AwsClients<Client>;
  /** What one call takes. */
  readonly limits: BatchLimits;
  /** Whether what goes to a target has to arrive in the order of the entries; it need not where this is left out. */
  readonly isOrdered?: (target: Target) => boolean;
  /** What goes out for an invocation, or why nothing can. */
  readonly entryOf: (invocation: Invocation) => Entry | FailedOutcome;
  /**
   * Sends entries in one call, all for the target of `first`, the first of their invocations; an outcome for each,
   * in their order, undefined where nothing was said. Rejects when the call failed as a whole.
   */
  readonly send: (
    client: Client,
    entries: readonly Entry[],
    first: Invocation,
  ) => Promise<readonly (Outcome | undefined)[]>;
}

/** A kind of target that makes one call of many invocations of one target. */
export function createBatchTarget<Client, Entry extends object>(
  service: BatchService<Client, Entry>,
  { clock }: Pick<AwsSettings, 'clock'>,
): Required<TargetKind> {
  const { name, clients, limits, isOrdered = () => false, entryOf, send } = service;

  /**
   * A call that the service refuses for good is made again in halves, so that an entry that is wrong in itself
   * (too long, not what the service understands) takes nothing else down with it.
   */
  async function sendAll(
    entries: readonly Entry[],
    first: Invocation,
  ): Promise<readonly (Outcome | undefined)[]> {
    if (entries.length === 0) return [];
    try {
      return await send(clients.for(first.target.arn), entries, first);
    } catch (error) {
      const outcome = outcomeOfAwsError(error, { service: name, signal: first.signal, now: clock.now() });
      const mayBeOneOfThem = outcome.kind === 'permanent' && outcome.error.code === 'SDK_CLIENT_ERROR';
      if (entries.length === 1 || !mayBeOneOfThem) return entries.map(() => outcome);
      const half = Math.ceil(entries.length / 2);
      const [earlier, later] = [entries.slice(0, half), entries.slice(half)];
      if (isOrdered(first.target))
        return [...(await sendAll(earlier, first)), ...(await sendAll(later, first))];
      return (await Promise.all([sendAll(earlier, first), sendAll(later, first)])).flat();
    }
  }

  async function invokeBatch(invocations: readonly Invocation[]): Promise<readonly Outcome[]> {
    const [first] = invocations;
    if (first === undefined) return [];
    const made = invocations.map(entryOf);
    const entries = made.filter((each): each is Entry => !isOutcome(each));
    const outcomes = (await sendAll(entries, first)).values();
    return made.map((each) => (isOutcome(each) ? each : (outcomes.next().value ?? unanswered(name))));
  }

  return {
    batch: limits,
    invokeBatch,
    invoke: async (invocation) => (await invokeBatch([invocation]))[0] ?? unanswered(name),
    close: () => clients.close(),
  };
}

function isOutcome(made: object): made is FailedOutcome {
  return 'kind' in made;
}

/** A service that answers less than it was sent has said nothing about the rest. */
function unanswered(service: string): FailedOutcome {
  return retryable('SERVER_ERROR', `${service} did not say what became of the entry.`);
}
