import type { Condition, SubRule } from '../pattern.ts';
import { PathTree } from '../scan/path-tree.ts';
import { byteCondition } from './byte-condition.ts';
import type { Candidate, Demand, Rule } from './candidate.ts';
import { FieldIndex } from './field-index.ts';
import { FIRST_PATIENCE, file, refile, unfile } from './filing.ts';
import { type Predicate, Vocabulary } from './predicate.ts';
import { Tickets } from './tickets.ts';

/**
 * The candidates of all rules, each once however many rules have it, and the indexes that lead from the values
 * of an event to them.
 */
export class CandidatePool<Id> {
  /** The paths of all fields. */
  readonly tree = new PathTree();
  readonly vocabulary = new Vocabulary();
  readonly tickets = new Tickets<Id>(this.vocabulary);
  /** Candidates that are tried on every event. */
  readonly unfiled: Candidate<Id>[] = [];
  /** By node of the path. */
  readonly #fields: (FieldIndex | undefined)[] = [];
  readonly #byKey = new Map<string, Candidate<Id>>();

  /** The index of the field at a node. */
  field(node: number): FieldIndex | undefined {
    return this.#fields[node];
  }

  /** Adds the sub-rules of a rule; `now` is the number of the last event. */
  admit(rule: Rule<Id>, subRules: readonly SubRule[], now: number): void {
    const candidates = subRules.map((subRule) => this.#admit(rule, subRule, now));
    const [only] = candidates;
    rule.candidates = only !== undefined && candidates.length === 1 ? only : candidates;
    for (const candidate of candidates) this.tickets.settle(candidate);
  }

  /** Takes back `admit`. */
  dismiss(rule: Rule<Id>, now: number): void {
    for (const candidate of [rule.candidates].flat()) this.#dismiss(rule, candidate, now);
  }

  #admit(rule: Rule<Id>, subRule: SubRule, now: number): Candidate<Id> {
    const demands = exactly(
      Array.from(subRule.fields, ([path, conditions]) => this.#demand(path, conditions)),
    );
    const key = keyOf(demands);
    const known = this.#byKey.get(key);
    if (known !== undefined) {
      for (const demand of demands) this.#release(demand);
      known.otherRules ??= [];
      known.otherRules.push(rule);
      return known;
    }
    const candidate: Candidate<Id> = {
      rule,
      otherRules: undefined,
      demands,
      filing: undefined,
      open: demands,
      patience: FIRST_PATIENCE,
      triedIn: 0,
    };
    this.#byKey.set(key, candidate);
    file(candidate, this.tickets, now);
    if (candidate.filing === undefined) this.unfiled.push(candidate);
    return candidate;
  }

  #dismiss(rule: Rule<Id>, candidate: Candidate<Id>, now: number): void {
    const { otherRules } = candidate;
    const last = otherRules?.pop();
    if (otherRules !== undefined && last !== undefined) {
      if (candidate.rule === rule) candidate.rule = last;
      else if (last !== rule) otherRules[otherRules.indexOf(rule)] = last;
      this.tickets.settle(candidate);
      return;
    }
    this.#byKey.delete(keyOf(candidate.demands));
    if (candidate.filing === undefined) this.unfiled.splice(this.unfiled.indexOf(candidate), 1);
    unfile(candidate, this.tickets, now);
    for (const demand of candidate.demands) this.#release(demand);
  }

  /** Files a candidate where it fails less often, if there is such a place. */
  refile(candidate: Candidate<Id>, now: number): void {
    refile(candidate, this.tickets, now);
  }

  /** Forgets which event was the last: the numbers of events start anew. */
  forgetEvents(): void {
    this.vocabulary.forgetEvents();
    for (const field of this.#fields) field?.forgetEvents();
    for (const candidate of this.#byKey.values()) {
      candidate.triedIn = 0;
      candidate.rule.matchedIn = 0;
      for (const rule of candidate.otherRules ?? []) rule.matchedIn = 0;
    }
  }

  #demand(path: string, conditions: readonly Condition[]): Demand {
    const node = this.tree.acquire(path);
    this.#fields[node] ??= new FieldIndex(node, this.vocabulary);
    const field = this.#fields[node];
    const predicates: Predicate[] = [];
    let mayBeAbsent = false;
    for (const condition of conditions) {
      if (condition.kind === 'exists' && !condition.exists) {
        mayBeAbsent = true;
        continue;
      }
      const predicate = field.acquire(byteCondition(condition));
      if (predicates.includes(predicate)) field.release(predicate);
      else predicates.push(predicate);
    }
    const [only] = predicates;
    if (only === undefined || predicates.length > 1 || mayBeAbsent) {
      return { field, predicates: exactly(predicates), mayBeAbsent };
    }
    only.alone ??= { field, predicates: [only], mayBeAbsent };
    return only.alone;
  }

  #release({ field, predicates }: Demand): void {
    for (const predicate of predicates) field.release(predicate);
    this.tree.release(field.node);
    if (this.tree.uses(field.node) === 0) this.#fields[field.node] = undefined;
  }
}

/** The same items without the room that a list keeps for more: there are many lists, and most are short. */
function exactly<Item>(items: readonly Item[]): readonly Item[] {
  return items.slice();
}

function keyOf(demands: readonly Demand[]): string {
  return demands
    .map(({ field, predicates, mayBeAbsent }) => {
      const ids = predicates.map(({ id }) => id).sort((a, b) => a - b);
      return `${field.node}${mayBeAbsent ? '?' : '='}${ids.join()}`;
    })
    .join(' ');
}
