import { complexity, MAX_COMPLEXITY } from './complexity.ts';
import { parseCondition } from './parse-condition.ts';
import type { Condition, Pattern, SubRule } from './pattern.ts';
import { PatternReader } from './pattern-reader.ts';
import { MAX_SUB_RULES, SubRuleDrafts } from './sub-rule-drafts.ts';

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

const TOO_COMPLEX =
  'Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character';

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
    return { text, subRules: compilation.finish() };
  });
}

class Compilation {
  readonly #reader: PatternReader;
  readonly #drafts = new SubRuleDrafts();

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
    const reader = this.#reader;
    const subRules = this.#drafts.finish();
    if (subRules === undefined) {
      return reader.refuseWithoutPlace(`Or operator is producing over ${MAX_SUB_RULES} rule combinations`);
    }
    for (const [path, conditions] of this.#drafts.lists()) {
      reader.path = path;
      if (complexity(conditions, MAX_COMPLEXITY) > MAX_COMPLEXITY) reader.refuseWithoutPlace(TOO_COMPLEX);
    }
    return subRules;
  }

  #readMember(key: string, path: string, isInsideOr: boolean): void {
    const reader = this.#reader;
    if (isInsideOr && RESERVED_INSIDE_OR.has(key)) {
      reader.refuse(`${key} is Ruler reserved fieldName which cannot be used inside $or.`);
    }
    const token = reader.next();
    if (token === 'start-object') this.readObject(path, isInsideOr);
    else if (token === 'start-array') this.#drafts.setLeaf(path, this.#readConditions());
    else reader.refuse(`"${key}" must be an object or an array`);
  }

  #readConditions(): readonly Condition[] {
    const reader = this.#reader;
    const conditions: Condition[] = [];
    while (reader.next() !== 'end-array') conditions.push(parseCondition(reader));
    if (conditions.length === 0) reader.refuse('Empty arrays are not allowed');
    return conditions;
  }

  #readOr(path: string | undefined, name: string): void {
    const reader = this.#reader;
    if (reader.next() !== 'start-array') reader.refuse('It must be an Array followed with $or.');
    const fork = this.#drafts.fork();
    let branches = 0;
    while (reader.next() !== 'end-array') {
      if (reader.token !== 'start-object') {
        reader.refuse('Only JSON object is allowed in array of $or relationship.');
      }
      fork.branch(`${name}[${branches++}]`);
      this.readObject(path, true);
    }
    if (branches < 2) reader.refuse('There must have at least 2 Objects in $or relationship.');
    fork.join();
  }
}
