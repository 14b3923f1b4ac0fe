import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Store } from '../src/store/store.ts';

const writer = fileURLToPath(new URL('./store-kill-writer.ts', import.meta.url));

/** A process that appends, settles and configures without end, and says what was acknowledged. */
export class KillWriter {
  /** Called with each text that it says. */
  onText: (text: string) => void = () => undefined;
  readonly #process: ChildProcess;
  readonly #closed: Promise<unknown[]>;
  #said = '';
  #complained = '';

  /** `place` is the folder or the URL of its store; names begin with `prefix`; `fails` when it is to end by itself. */
  constructor(place: string, prefix: string, { fails = false } = {}) {
    this.#process = spawn(process.execPath, [writer, place, prefix], {
      stdio: ['ignore', 'pipe', fails ? 'pipe' : 'inherit'],
    });
    this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#complained += text;
    });
    this.#closed = once(this.#process, 'close');
    this.#process.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#said += text;
      this.onText(text);
    });
  }

  /** How many lines it has said. */
  get lines(): number {
    return this.#said.split('\n').length - 1;
  }

  /** Resolves once it has said so many lines; rejects when it ends before. */
  async says(lines: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.onText = () => {
        if (this.lines >= lines) resolve();
      };
      this.onText('');
      this.#closed.then(() => reject(new Error('The writer ended by itself.')), reject);
    });
  }

  /** Stands still until `resume`. */
  pause(): void {
    this.#process.kill('SIGSTOP');
  }

  resume(): void {
    this.#process.kill('SIGCONT');
  }

  /** Resolves, to all that it said and what it complained of, when it has ended by itself. */
  async ends(): Promise<{ readonly lines: readonly string[]; readonly complaint: string }> {
    const [code] = await this.#closed;
    assert.equal(code, 1);
    return { lines: this.#said.split('\n').slice(0, -1), complaint: this.#complained };
  }

  /** Kills it and answers all that it said. */
  async kill(): Promise<readonly string[]> {
    this.#process.kill('SIGKILL');
    const [, signal] = await this.#closed;
    assert.equal(signal, 'SIGKILL', 'the writer ended by itself');
    return this.#said.split('\n').slice(0, -1);
  }
}

/** What writers were told, over all rounds. */
export class Ledger {
  readonly #appended = new Set<string>();
  readonly #asked = new Set<string>();
  readonly #settled = new Map<string, string>();
  #configured = 0;

  enter(lines: readonly string[]): void {
    for (const line of lines) {
      const [mark, name = '', kind = ''] = line.split(' ');
      if (mark === '+') this.#appended.add(name);
      else if (mark === '?') this.#asked.add(`${name} ${kind}`);
      else if (mark === '!') this.#settled.set(name, kind);
      else if (mark === 'c') this.#configured = Number(name);
    }
  }

  /** Fails unless the store holds all that was acknowledged, and owes nothing that was settled. */
  async mustHold(store: Store, context: string): Promise<void> {
    const leased = await store.lease({ max: 1_000_000, now: 1, until: 2 });
    const listed = await store.listFailed({ max: 1_000_000 });
    const configured = Number((await store.readConfiguration())[0]?.value ?? 0);
    assert.deepEqual(await store.countDeliveries(), { owed: leased.length, failed: listed.length });
    const nameOf = ({ event, targetId }: (typeof leased)[number]) => `${event.id}/${targetId}`;
    const [owed, failed] = [new Set(leased.map(nameOf)), new Set(listed.map(nameOf))];
    for (const name of this.#appended) {
      const maybeDone = this.#asked.has(`${name} done`);
      assert.ok(owed.has(name) || failed.has(name) || maybeDone, `${name} is lost: ${context}`);
    }
    for (const [name, kind] of this.#settled) {
      assert.ok(!owed.has(name), `${name} is owed again though it was settled: ${context}`);
      assert.equal(failed.has(name), kind === 'failed', `${name} was settled as ${kind}: ${context}`);
    }
    assert.ok(configured >= this.#configured, `configuration went back: ${context}`);
  }

  /** Fails when no writer got to work. */
  mustNotBeEmpty(): void {
    assert.ok(this.#appended.size > 0 && this.#settled.size > 0, 'the writers never got to work');
  }
}
