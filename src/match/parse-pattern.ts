import { complexity, MAX_COMPLEXITY } from './complexity.ts';
import { parseCondition } from './parse-condition.ts';
import type { Condition, Pattern, SubRule } from './pattern.ts';
import { PatternReader } from './pattern-reader.ts';

/** How many alternatives the `$or` of a pattern may multiply to. */
export const MAX_SUB_RULES = 1000;

// The names of operators, those of the numeric ones, and some that AWS keeps for itself.
const RESERVED_INSIDE_OR: ReadonlySet<string> = new Set([
  'exactly',
  'equals-ignore-case',
  'prefix',
  'suffix',
  'anything-but',
  'exists',
  'wildcard',
  'numeric',
  'cidr',
  '=',
  '<',
  '<=',
  '>',
  '>=',
  'regex',
  'not-wildcard',
  'not-equals-ignore-case',
  'date-after',
  'date-on-or-after',
  'date-before',
  'date-on-or-before',
  'in-date-range',
  'ip-address-in-range',
  'ip-address-not-in-range',
]);

/**
 * Reads an event pattern: the first JSON value of `text`; what follows it is not looked at. Throws
 * `InvalidPatternError` where AWS answers InvalidEventPatternException, for the first trouble in text order.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 */
export function parsePattern(text: string): Pattern {
  return new PatternReader(text).read((reader) => {
    if (reader.next() !== 'start-object') reader.refuse('Filter is not an object');
    const compilation = new Compilation(reader);
    compilation.readObject(undefined, false);
    const subRules = compilation.finish();
    refuseComplexWildcards(reader, subRules);
    return { text, subRules };
  });
}

interface Draft {
  readonly fields: ReadonlyMap<string, readonly Condition[]>;
  readonly branches: readonly string[];
}

/**
 * Members are taken in text order and change a list of drafts, which becomes the list of sub-rules: a leaf
 * sets its path in every draft, `$or` runs each branch on a copy of the list and joins the copies. So of two
 * leaves for one path the later one counts, before and after `$or` alike.
 */
class Compilation {
  readonly #reader: PatternReader;
  #drafts: readonly Draft[] = [];
  #isOverLimit = false;

  constructor(reader: PatternReader) {
    this.#reader = reader;
  }

  /** The reader stands on the object's opening brace and is left on the closing one. */
  readObject(path: string | undefined, isInsideOr: boolean): void {
    const reader = this.#reader;
    let isEmpty = true;
    while (reader.next() !== 'end-object') {
      isEmpty = false;
      const key = reader.text;
      const member = path === undefined ? key : `${path}.${key}`;
      reader.path = member;
      if (key === '$or') this.#readOr(path, member);
      else this.#readMember(key, member, isInsideOr);
    }
    reader.path = path;
    if (isEmpty) reader.refuse('Empty objects are not allowed');
  }

  finish(): readonly SubRule[] {
    if (this.#isOverLimit) {
      this.#reader.refuseWithoutPlace(`Or operator is producing over ${MAX_SUB_RULES} rule combinations`);
    }
    return this.#drafts.map(({ fields, branches }) => ({
      fields: new Map([...fields].sort(([a], [b]) => (a < b ? -1 : 1))),
      branches,
    }));
  }

  #readMember(key: string, path: string, isInsideOr: boolean): void {
    const reader = this.#reader;
    if (isInsideOr && RESERVED_INSIDE_OR.has(key)) {
      reader.refuse(`${key} is Ruler reserved fieldName which cannot be used inside $or.`);
    }
    const token = reader.next();
    if (token === 'start-object') this.readObject(path, isInsideOr);
    else if (token === 'start-array') this.#setLeaf(path, this.#readConditions());
    else reader.refuse(`"${key}" must be an object or an array`);
  }

  #readConditions(): readonly Condition[] {
    const reader = this.#reader;
    const conditions: Condition[] = [];
    while (reader.next() !== 'end-array') conditions.push(parseCondition(reader));
    if (conditions.length === 0) reader.refuse('Empty arrays are not allowed');
    return conditions;
  }

  #setLeaf(path: string, conditions: readonly Condition[]): void {
    if (this.#drafts.length === 0) this.#drafts = [EMPTY_DRAFT];
    this.#drafts = this.#drafts.map(({ fields, branches }) => ({
      fields: new Map(fields).set(path, conditions),
      branches,
    }));
  }

  #readOr(path: string | undefined, name: string): void {
    const reader = this.#reader;
    const before = this.#drafts;
    let joined: readonly Draft[] = [];
    let branches = 0;
    if (reader.next() !== 'start-array') reader.refuse('It must be an Array followed with $or.');
    while (reader.next() !== 'end-array') {
      if (reader.token !== 'start-object') {
        reader.refuse('Only JSON object is allowed in array of $or relationship.');
      }
      this.#drafts = inBranch(before, `${name}[${branches++}]`);
      this.readObject(path, true);
      joined = this.#limited([...joined, ...this.#drafts]);
    }
    if (branches < 2) reader.refuse('There must have at least 2 Objects in $or relationship.');
    this.#drafts = joined;
  }

  // Nothing that follows can make the list shorter, so over the limit it is only read on for worse trouble.
  #limited(drafts: readonly Draft[]): readonly Draft[] {
    if (drafts.length <= MAX_SUB_RULES) return drafts;
    this.#isOverLimit = true;
    return drafts.slice(0, 1);
  }
}

const EMPTY_DRAFT: Draft = { fields: new Map(), branches: [] };

function inBranch(drafts: readonly Draft[], branch: string): readonly Draft[] {
  const base = drafts.length === 0 ? [EMPTY_DRAFT] : drafts;
  return base.map(({ fields, branches }) => ({ fields, branches: [...branches, branch] }));
}

function refuseComplexWildcards(reader: PatternReader, subRules: readonly SubRule[]): void {
  const seen = new Set<readonly Condition[]>();
  for (const { fields } of subRules) {
    for (const [path, conditions] of fields) {
      if (seen.has(conditions)) continue;
      seen.add(conditions);
      if (complexity(conditions, MAX_COMPLEXITY) <= MAX_COMPLEXITY) continue;
      reader.path = path;
      reader.refuseWithoutPlace(
        'Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character',
      );
    }
  }
}
