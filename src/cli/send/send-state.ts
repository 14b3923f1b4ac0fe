import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { Failure } from './sender.ts';

/** How far a run of `busbar send` came, and with what. */
export interface SendState {
  /** Names the inputs by path, size and time of change: other content is another run. */
  readonly input: string;
  /** That many items from the first on are settled. */
  readonly settled: number;
  readonly sent: number;
  readonly failed: number;
  /** The first of the failures. */
  readonly failures: readonly Failure[];
}

/** The file that remembers how far a run came, so that the next one goes on there. */
export class StateFile {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** What the file remembers; undefined when it is not there. Throws when it is something else. */
  read(): SendState | undefined {
    let text: string;
    try {
      text = readFileSync(this.path, 'utf8');
    } catch {
      return undefined;
    }
    const state = JSON.parse(text) as SendState;
    if (typeof state.settled !== 'number') throw new SyntaxError('no state of busbar send');
    return state;
  }

  write(state: SendState): void {
    writeFileSync(`${this.path}.new`, `${JSON.stringify(state)}\n`);
    renameSync(`${this.path}.new`, this.path);
  }

  remove(): void {
    rmSync(this.path, { force: true });
  }
}

/** The end of what is settled without a hole, while items settle in any order. */
export class SettledPrefix {
  #length: number;
  readonly #beyond = new Set<number>();

  constructor(length: number) {
    this.#length = length;
  }

  get length(): number {
    return this.#length;
  }

  add(index: number): void {
    this.#beyond.add(index);
    while (this.#beyond.delete(this.#length)) this.#length += 1;
  }
}
