import { editDistance } from './edit-distance.ts';

/** What a hint may be made from, besides the reason. */
export interface HintContext {
  /** The dotted path of the field; undefined outside any. */
  readonly path: string | undefined;
  /** The source text of the scalar at the place of the refusal, if there is one. */
  readonly tokenText: string | undefined;
}

type Hint = (found: RegExpExecArray, context: HintContext) => string | undefined;

/** What was probably meant where AWS refuses for `reason`, in a sentence; undefined where nobody can tell. */
export function hintFor(reason: string, context: HintContext): string | undefined {
  for (const [form, hint] of HINTS) {
    const found = form.exec(reason);
    if (found !== null) return hint(found, context);
  }
  return undefined;
}

const HINTS: readonly (readonly [RegExp, Hint])[] = [
  [/^Filter is not an object$/, () => 'A pattern is a JSON object: {"source": ["my.app"]}.'],
  [/^"(.*)" must be an object or an array$/s, ([, key = ''], context) => listHint(key, context.tokenText)],
  [
    /^Empty (objects|arrays) are not allowed$/,
    () => 'To ask only that a field is there, write [{"exists": true}].',
  ],
  [
    /^Match value must be String/,
    () => 'Leave out the inner brackets: an array in an event matches when any of its elements does.',
  ],
  [/expression name not found$/, () => 'The braces must hold an operator: {"prefix": "a"}.'],
  [/^Unrecognized match type (.*)$/s, ([, name = '']) => operatorHint(name)],
  [
    /^Only one key allowed/,
    () =>
      'Write one object for each operator, [{"prefix": "a"}, {"suffix": "b"}]: the field matches when any of them does.',
  ],
  [/match pattern must be a string$/, (_, context) => stringHint(context.tokenText)],
  [/^exists match pattern/, () => 'Write {"exists": true} or {"exists": false}, without quotes.'],
  [/^Unsupported (prefix|suffix) pattern/, ([, name]) => `Inside ${name} only equals-ignore-case may stand.`],
  [
    /^Unsupported anything-but pattern/,
    () => 'Inside anything-but may stand: prefix, suffix, equals-ignore-case, wildcard, strings or numbers.',
  ],
  [/^Inside anything but list, either/, () => 'A list takes strings only or numbers only, at least one.'],
  [
    /^(Inside anything|Value of anything-but)/,
    () => 'anything-but takes a string, a number, a list of one of these, or an operator with strings.',
  ],
  [/^Null prefix\/suffix/, () => 'Every string starts and ends with "": nothing would be left to match.'],
  [
    /^(Value of numeric must|Invalid member in numeric)/,
    () => 'Write operators and numbers in a list: {"numeric": [">=", 5]}.',
  ],
  [/^Unrecognized numeric range operator: (.*)$/s, ([, name = '']) => rangeHint(name)],
  [/^Value of \S+ must be numeric$/, (_, context) => numberHint(context.tokenText)],
  [
    /^(Bad numeric range operator|Bad value in numeric|Too many (elements|terms))/,
    () => 'A range has a lower bound, an upper one, or both in this order: {"numeric": [">", 0, "<=", 100]}.',
  ],
  [
    /^Bottom must be less/,
    () => 'The lower bound comes first; a single number is written {"numeric": ["=", 5]}.',
  ],
  [
    /^Cannot compare number/,
    () => 'No double holds this number. Identifiers this long travel better as strings.',
  ],
  [/^(IPv[46]) mask bits/, () => 'A single address is written as a plain string: ["10.0.0.1"].'],
  [/^(Malformed CIDR|Nonstandard IP|Invalid IP)/, () => 'A block is written {"cidr": "10.0.0.0/24"}.'],
  [
    /^(It must be an Array|Only JSON object|There must have at least 2)/,
    () => '$or takes a list of two or more objects: "$or": [{"a": [1]}, {"b": [2]}].',
  ],
  [/^(\S+) is Ruler reserved/, ([, name = '']) => reservedHint(name)],
  [/^Consecutive wildcard/, () => 'One * already stands for any run of characters.'],
  [
    /^Invalid escape character/,
    () => 'The escapes are \\* and \\\\; in JSON each of their backslashes is written twice.',
  ],
  [
    /^Rule is too complex/,
    () => 'prefix and suffix cost nothing; or spread the wildcards over several rules.',
  ],
  [/^Or operator is producing/, () => 'Several $or multiply. Spread the pattern over several rules.'],
  [/'''/, () => 'JSON takes double quotes.'],
];

function listHint(key: string, value: string | undefined): string {
  const values = value ?? '"a", "b"';
  return `Values are written as a list: ${JSON.stringify(key)}: [${values}].`;
}

function stringHint(value: string | undefined): string {
  const isQuotable = value !== undefined && value !== 'null';
  return isQuotable
    ? `Write ${JSON.stringify(value)}, with quotes.`
    : 'The operator takes one string. For alternatives write one object each: [{"prefix": "a"}, {"prefix": "b"}].';
}

function numberHint(value: string | undefined): string | undefined {
  const number = value?.replaceAll('"', '');
  return number === undefined || number === '' || Number.isNaN(Number(number))
    ? undefined
    : `Write ${number}, without quotes.`;
}

function rangeHint(name: string): string {
  if (name === '!=' || name === '<>') return 'Write {"anything-but": 5}.';
  return 'The operators are =, <, <=, > and >=.';
}

const OPERATORS = [
  'anything-but',
  'cidr',
  'equals-ignore-case',
  'exists',
  'numeric',
  'prefix',
  'suffix',
  'wildcard',
];

function reservedHint(name: string): string {
  return OPERATORS.includes(name)
    ? `An operator belongs into the list of a field: "field": [{"${name}": …}].`
    : 'No field inside $or can have this name. Without $or it can: spread the pattern over several rules.';
}

// What people write who know other languages.
const FOREIGN: ReadonlyMap<string, string> = new Map([
  ['not', 'Write {"anything-but": …}.'],
  ['or', 'The entries of a list are alternatives already; across fields write "$or": [{…}, {…}].'],
  ['and', 'Fields are joined by "and" already; one field cannot be asked for two things at once.'],
  ['regex', 'There are no regular expressions: use wildcard, prefix or suffix.'],
  ['equals', 'Write the value itself: ["a"].'],
  ['in', 'Write the values themselves: ["a", "b"].'],
]);

function operatorHint(name: string): string {
  const foreign = FOREIGN.get(name.toLowerCase());
  if (foreign !== undefined) return foreign;
  const plain = name.toLowerCase().replaceAll(/[^a-z]/g, '');
  const near = OPERATORS.find((operator) => editDistance(operator.replaceAll('-', ''), plain) <= 2);
  return near === undefined
    ? `The operators are ${OPERATORS.join(', ')}. A field inside another is written without brackets.`
    : `Did you mean "${near}"?`;
}
