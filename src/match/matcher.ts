import { type ByteCondition, byteCondition } from './byte-condition.ts';
import { ByteTable } from './byte-table.ts';
import { type Candidate, type Demand, isMet } from './candidate.ts';
import { EventInHand } from './event-in-hand.ts';
import { FieldIndex } from './field-index.ts';
import { PathTree } from './path-tree.ts';
import type { Condition, Pattern, SubRule } from './pattern.ts';
import { PlainScanner } from './plain-scanner.ts';
import type { Predicate, Vocabulary } from './predicate.ts';
import type { ScannedEvent, Scanner, StringField } from './scanner.ts';

export { InvalidEventError } from './json-text.ts';

/** How a `Matcher` reads events. */
export interface MatcherOptions {
  /**
   * Stop reading an event when no rule can ask for more, and leave the rest unchecked. Only for events that
   * are known to be valid JSON, whose objects repeat no key, and whose keys hold no dots. Default: false.
   */
  readonly stopEarly?: boolean;
  /** What reads the events; by default the fastest that the platform has. */
  readonly scanner?: Scanner;
}

/** The fields around the detail, as the bus has them in hand before the event is written down. */
export interface Envelope {
  readonly version?: string;
  readonly id?: string;
  readonly 'detail-type'?: string;
  readonly source?: string;
  readonly account?: string;
  readonly time?: string;
  readonly region?: string;
  readonly resources?: readonly string[];
}

interface Rule<Id> {
  readonly id: Id;
  readonly candidates: readonly Candidate<Rule<Id>>[];
  matchedIn: number;
}

/**
 * Finds the rules that match an event, out of any number of rules: the time grows with the rules that come
 * close, not with those there are. It reads JSON text directly and makes nothing of what no rule asks for.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 */
export class Matcher<Id> {
  readonly #stopEarly: boolean;
  readonly #rules = new Map<Id, Rule<Id>>();
  readonly #tree = new PathTree();
  readonly #scanner: Scanner;
  readonly #vocabulary: Vocabulary<Candidate<Rule<Id>>> = { table: new ByteTable(), predicates: [] };
  /** By node of the path. */
  readonly #fields: (FieldIndex<Candidate<Rule<Id>>> | undefined)[] = [];
  /** Candidates that no value has to be there for. */
  readonly #unfiled: Candidate<Rule<Id>>[] = [];
  readonly #event = new EventInHand();

  constructor(options: MatcherOptions = {}) {
    this.#stopEarly = options.stopEarly ?? false;
    this.#scanner = options.scanner ?? new PlainScanner();
  }

  /** The number of rules. */
  get size(): number {
    return this.#rules.size;
  }

  /** Adds a rule; one with the same id is replaced. */
  addRule(id: Id, pattern: Pattern): void {
    this.removeRule(id);
    const candidates: Candidate<Rule<Id>>[] = [];
    const rule: Rule<Id> = { id, candidates, matchedIn: 0 };
    for (const subRule of pattern.subRules) candidates.push(this.#admit(rule, subRule));
    this.#rules.set(id, rule);
  }

  /** Removes a rule; returns whether it was there. */
  removeRule(id: Id): boolean {
    const rule = this.#rules.get(id);
    if (rule === undefined) return false;
    this.#rules.delete(id);
    for (const candidate of rule.candidates) this.#dismiss(candidate);
    return true;
  }

  /**
   * The ids of the rules that match an event, in no particular order. The event is JSON text, as a string or
   * as UTF-8. Throws `InvalidEventError` if it isn't JSON or is nested deeper than 1000 levels.
   */
  rulesFor(event: string | Uint8Array): Id[] {
    return this.#match(this.#scanner.scan(this.#tree, event, { stopEarly: this.#stopEarly }));
  }

  /** As `rulesFor`, for an event that is still in two parts: the envelope, and the JSON text of the detail. */
  rulesForParts(envelope: Envelope, detail: string | Uint8Array): Id[] {
    const strings: StringField[] = [];
    for (const [key, value] of Object.entries(envelope)) {
      const node = this.#tree.childNamed(key);
      if (node < 0) continue;
      for (const text of typeof value === 'string' ? [value] : value) strings.push({ node, text });
    }
    const node = this.#tree.childNamed('detail');
    return this.#match(this.#scanner.scan(this.#tree, detail, { node, strings, stopEarly: this.#stopEarly }));
  }

  #match(scanned: ScannedEvent): Id[] {
    const event = this.#event;
    event.take(scanned);
    for (let row = 0; row < event.rowCount; row++) this.#fields[event.node(row)]?.see(event, row);
    const hits: Predicate<Candidate<Rule<Id>>>[] = [];
    for (let row = 0; row < event.rowCount; row++) {
      const field = this.#fields[event.node(row)];
      if (field?.firstRow === row && field.hasFiled) field.hits(event, hits);
    }
    const matched: Id[] = [];
    for (const predicate of hits) this.#try(event, predicate.filed, matched);
    this.#try(event, this.#unfiled, matched);
    return matched;
  }

  #try(event: EventInHand, candidates: readonly Candidate<Rule<Id>>[], matched: Id[]): void {
    for (const candidate of candidates) {
      const { rule } = candidate;
      if (candidate.triedIn === event.number || rule.matchedIn === event.number) continue;
      candidate.triedIn = event.number;
      if (!isMet(event, candidate)) continue;
      rule.matchedIn = event.number;
      matched.push(rule.id);
    }
  }

  #admit(rule: Rule<Id>, subRule: SubRule): Candidate<Rule<Id>> {
    const demands = [...subRule.fields].map(([path, conditions]) => this.#demand(path, conditions));
    const filedUnder = rarest(demands);
    const candidate: Candidate<Rule<Id>> = { rule, demands, filedUnder, triedIn: 0 };
    if (filedUnder === undefined) this.#unfiled.push(candidate);
    else for (const predicate of filedUnder.predicates) filedUnder.field.file(predicate, candidate);
    return candidate;
  }

  #dismiss(candidate: Candidate<Rule<Id>>): void {
    const { filedUnder } = candidate;
    if (filedUnder === undefined) this.#unfiled.splice(this.#unfiled.indexOf(candidate), 1);
    else for (const predicate of filedUnder.predicates) filedUnder.field.unfile(predicate, candidate);
    for (const { field, predicates } of candidate.demands) {
      for (const predicate of predicates) field.release(predicate);
      this.#tree.release(field.node);
      if (this.#tree.uses(field.node) === 0) this.#fields[field.node] = undefined;
    }
  }

  #demand(path: string, conditions: readonly Condition[]): Demand<Candidate<Rule<Id>>> {
    const node = this.#tree.acquire(path);
    this.#fields[node] ??= new FieldIndex(node, this.#vocabulary);
    const field = this.#fields[node];
    const isAbsence = (condition: Condition) => condition.kind === 'exists' && !condition.exists;
    const predicates = conditions
      .filter((condition) => !isAbsence(condition))
      .map((condition) => field.acquire(byteCondition(condition), condition));
    return { field, predicates, mayBeAbsent: conditions.some(isAbsence) };
  }
}

/** The demand that the fewest events are likely to meet, out of those that absence doesn't meet. */
function rarest<Filed>(demands: readonly Demand<Filed>[]): Demand<Filed> | undefined {
  let best: Demand<Filed> | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const demand of demands) {
    if (demand.mayBeAbsent) continue;
    const cost = demand.predicates.reduce((sum, predicate) => sum + costOf(demand.field, predicate), 0);
    if (cost >= least) continue;
    best = demand;
    least = cost;
  }
  return best;
}

/** How many candidates an event is likely to be tried on because of a predicate. */
function costOf<Filed>(field: FieldIndex<Filed>, { condition, filed }: Predicate<Filed>): number {
  return likelihood(field, condition.kind) * (filed.length + 1);
}

// Guesses, of which only the order matters. A literal is the rarer, the more different ones are asked for.
function likelihood<Filed>(field: FieldIndex<Filed>, kind: ByteCondition['kind']): number {
  switch (kind) {
    case 'string':
    case 'address':
    case 'number':
    case 'integer':
    case 'token':
      return 1 / (field.lookupCount + 2);
    case 'folded-equal':
    case 'text':
      return 0.5;
    case 'prefix':
    case 'suffix':
    case 'folded-prefix':
    case 'folded-suffix':
    case 'block':
    case 'wildcard':
      return 0.6;
    case 'range':
      return 0.8;
    default:
      return 1;
  }
}
