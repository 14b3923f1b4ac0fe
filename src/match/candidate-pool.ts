import { byteCondition } from './byte-condition.ts';
import { ByteTable } from './byte-table.ts';
import type { Candidate, Demand } from './candidate.ts';
import { FieldIndex } from './field-index.ts';
import { FIRST_PATIENCE, file, unfile } from './filing.ts';
import { PathTree } from './path-tree.ts';
import type { Condition, SubRule } from './pattern.ts';
import type { Predicate, Vocabulary } from './predicate.ts';

/**
 * The candidates of all rules, each once however many rules have it, and the indexes that lead from the values
 * of an event to them.
 */
export class CandidatePool<Rule> {
  /** The paths of all fields. */
  readonly tree = new PathTree();
  /** Candidates that no value has to be there for. */
  readonly unfiled: Candidate<Rule>[] = [];
  readonly #vocabulary: Vocabulary<Candidate<Rule>> = { table: new ByteTable(), predicates: [] };
  /** By node of the path. */
  readonly #fields: (FieldIndex<Candidate<Rule>> | undefined)[] = [];
  readonly #byKey = new Map<string, Candidate<Rule>>();

  /** The index of the field at a node. */
  field(node: number): FieldIndex<Candidate<Rule>> | undefined {
    return this.#fields[node];
  }

  /** Adds a sub-rule of a rule; `now` is the number of the last event. */
  admit(rule: Rule, subRule: SubRule, now: number): Candidate<Rule> {
    const demands = Array.from(subRule.fields, ([path, conditions]) => this.#demand(path, conditions));
    const key = keyOf(demands);
    const known = this.#byKey.get(key);
    if (known !== undefined) {
      for (const demand of demands) this.#release(demand);
      known.rules.push(rule);
      return known;
    }
    const candidate: Candidate<Rule> = {
      rules: [rule],
      key,
      demands,
      checks: [...demands],
      filedUnder: undefined,
      triedIn: 0,
      vainTries: 0,
      patience: FIRST_PATIENCE,
    };
    this.#byKey.set(key, candidate);
    if (!file(candidate, now)) this.unfiled.push(candidate);
    return candidate;
  }

  /** Takes back one `admit`. */
  dismiss(rule: Rule, candidate: Candidate<Rule>, now: number): void {
    candidate.rules.splice(candidate.rules.indexOf(rule), 1);
    if (candidate.rules.length > 0) return;
    this.#byKey.delete(candidate.key);
    if (candidate.filedUnder !== undefined) unfile(candidate, now);
    else this.unfiled.splice(this.unfiled.indexOf(candidate), 1);
    for (const demand of candidate.demands) this.#release(demand);
  }

  #demand(path: string, conditions: readonly Condition[]): Demand<Candidate<Rule>> {
    const node = this.tree.acquire(path);
    this.#fields[node] ??= new FieldIndex(node, this.#vocabulary);
    const field = this.#fields[node];
    const predicates: Predicate<Candidate<Rule>>[] = [];
    let mayBeAbsent = false;
    for (const condition of conditions) {
      if (condition.kind === 'exists' && !condition.exists) {
        mayBeAbsent = true;
        continue;
      }
      const predicate = field.acquire(byteCondition(condition), condition);
      if (predicates.includes(predicate)) field.release(predicate);
      else predicates.push(predicate);
    }
    return { field, predicates, mayBeAbsent };
  }

  #release({ field, predicates }: Demand<Candidate<Rule>>): void {
    for (const predicate of predicates) field.release(predicate);
    this.tree.release(field.node);
    if (this.tree.uses(field.node) === 0) this.#fields[field.node] = undefined;
  }
}

function keyOf<Filed>(demands: readonly Demand<Filed>[]): string {
  return demands
    .map(({ field, predicates, mayBeAbsent }) => {
      const ids = predicates.map(({ id }) => id).sort((a, b) => a - b);
      return `${field.node}${mayBeAbsent ? '?' : '='}${ids.join()}`;
    })
    .join(' ');
}
