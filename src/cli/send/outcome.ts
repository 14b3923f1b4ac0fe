import type { SendState } from './send-state.ts';
import { SettledPrefix } from './send-state.ts';
import type { Failure } from './sender.ts';

// So many failures are remembered one by one; beyond that they are counted.
const MOST_FAILURES = 1000;

/** What became of the items so far, earlier runs included. */
export class Outcome {
  readonly #prefix: SettledPrefix;
  readonly #failures: Failure[];
  #sent: number;
  #failed: number;
  #retried = 0;

  constructor(before: SendState | undefined) {
    this.#prefix = new SettledPrefix(before?.settled ?? 0);
    this.#failures = [...(before?.failures ?? [])];
    this.#sent = before?.sent ?? 0;
    this.#failed = before?.failed ?? 0;
  }

  get sent(): number {
    return this.#sent;
  }

  get failed(): number {
    return this.#failed;
  }

  get retried(): number {
    return this.#retried;
  }

  /** The first of the failures. */
  get failures(): readonly Failure[] {
    return this.#failures;
  }

  settle(index: number, failure: Failure | undefined): void {
    this.#prefix.add(index);
    if (failure === undefined) {
      this.#sent += 1;
      return;
    }
    this.#failed += 1;
    if (this.#failures.length < MOST_FAILURES) this.#failures.push(failure);
  }

  retry(entries: number): void {
    this.#retried += entries;
  }

  state(input: string): SendState {
    // What is settled beyond the first hole is sent once more by the next run: events are delivered at least once.
    return {
      input,
      settled: this.#prefix.length,
      sent: this.#sent,
      failed: this.#failed,
      failures: this.#failures,
    };
  }
}

/** Failures of one kind. */
export interface FailureKind {
  readonly code: string;
  readonly message: string;
  readonly count: number;
  /** Numbers of the first items, from 1. */
  readonly items: readonly number[];
}

/** Failures by what they say, the most frequent first. */
export function failureKinds(failures: readonly Failure[]): readonly FailureKind[] {
  const kinds = new Map<string, { code: string; message: string; count: number; items: number[] }>();
  for (const { index, code, message } of failures) {
    const key = `${code}\n${message}`;
    const kind = kinds.get(key) ?? { code, message, count: 0, items: [] };
    kind.count += 1;
    if (kind.items.length < 5) kind.items.push(index + 1);
    kinds.set(key, kind);
  }
  return [...kinds.values()].sort((a, b) => b.count - a.count);
}
