import type { Condition, SubRule } from './pattern.ts';

/** How many alternatives the `$or` of a pattern may multiply to. */
export const MAX_SUB_RULES = 1000;

/** A sub-rule in the making. Leaves stand at the number of their path, so that a copy is a copy of an array. */
interface Draft {
  readonly leaves: (readonly Condition[] | undefined)[];
  readonly branches: readonly string[];
}

/** One `$or`: each branch starts from what stood before it, and what the branches leave is joined. */
interface Fork {
  /** Begins the next branch; `name` is its entry in `SubRule.branches`. */
  branch(name: string): void;
  /** Ends the last branch. */
  join(): void;
}

/**
 * The list of sub-rules that a pattern's members change, taken in text order: a leaf sets its path in every
 * sub-rule, `$or` runs each branch on a copy of the list and joins the copies. So of two leaves for one path
 * the later one counts, before and after `$or` alike.
 */
export class SubRuleDrafts {
  #drafts: readonly Draft[] = [];
  #isOverLimit = false;
  readonly #pathNumbers = new Map<string, number>();

  setLeaf(path: string, conditions: readonly Condition[]): void {
    const number = this.#pathNumbers.get(path) ?? this.#pathNumbers.size;
    this.#pathNumbers.set(path, number);
    if (this.#drafts.length === 0) this.#drafts = [{ leaves: [], branches: [] }];
    for (const { leaves } of this.#drafts) leaves[number] = conditions;
  }

  fork(): Fork {
    const before = this.#drafts.length === 0 ? [{ leaves: [], branches: [] }] : this.#drafts;
    const joined: Draft[] = [];
    this.#drafts = [];
    const endBranch = () => {
      for (const draft of this.#drafts) joined.push(draft);
      // Nothing that follows can make the list shorter again: the rest is only read for worse trouble.
      if (joined.length > MAX_SUB_RULES) this.#isOverLimit = true;
      if (this.#isOverLimit) joined.splice(1);
    };
    return {
      branch: (name) => {
        endBranch();
        const base = this.#isOverLimit ? before.slice(0, 1) : before;
        this.#drafts = base.map(({ leaves, branches }) => ({
          leaves: [...leaves],
          branches: [...branches, name],
        }));
      },
      join: () => {
        endBranch();
        this.#drafts = joined;
      },
    };
  }

  /** The sub-rules, or undefined when there are more than `MAX_SUB_RULES`. */
  finish(): readonly SubRule[] | undefined {
    if (this.#isOverLimit) return undefined;
    const paths = this.#paths();
    return this.#drafts.map((draft) => finished(draft, paths));
  }

  /** Each list of conditions that some sub-rule holds, once, with its path; in order of the paths. */
  *lists(): Iterable<readonly [string, readonly Condition[]]> {
    for (const [path, number] of this.#paths()) {
      const lists = new Set(this.#drafts.map(({ leaves }) => leaves[number]));
      for (const conditions of lists) if (conditions !== undefined) yield [path, conditions];
    }
  }

  #paths(): readonly PathNumber[] {
    return [...this.#pathNumbers].sort(([a], [b]) => (a < b ? -1 : 1));
  }
}

type PathNumber = readonly [string, number];

// The longest patterns make a third of a million fields: they are laid out when an engine asks for them, not
// to tell whether a pattern is valid.
function finished({ leaves, branches }: Draft, paths: readonly PathNumber[]): SubRule {
  let fields: ReadonlyMap<string, readonly Condition[]> | undefined;
  return {
    branches,
    get fields() {
      fields ??= fieldsOf(leaves, paths);
      return fields;
    },
  };
}

function fieldsOf(
  leaves: Draft['leaves'],
  paths: readonly PathNumber[],
): ReadonlyMap<string, readonly Condition[]> {
  const fields = new Map<string, readonly Condition[]>();
  for (const [path, number] of paths) {
    const conditions = leaves[number];
    if (conditions !== undefined) fields.set(path, conditions);
  }
  return fields;
}
