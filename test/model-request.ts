import { type Shape, shapeOf, structureOf } from '../src/api-model/api-model.ts';

type Json = Readonly<Record<string, unknown>>;

/** A request that keeps every constraint of the model and gives the required members only. */
export function minimalRequest(structure: string): Json {
  const { members, required = [] } = structureOf(structure);
  return Object.fromEntries(required.map((name) => [name, sample(members[name] ?? '')]));
}

/** One violation of one constraint, and the request that holds it. */
export interface Violation {
  /** Where and how, for the test's name: `Targets.0.Id too long`. */
  readonly name: string;
  readonly request: Json;
  /** The exception that it must be answered with. */
  readonly expected: 'ValidationException' | 'SerializationException';
}

/** Every constraint that the model puts on a request, violated once each in an otherwise minimal request. */
export function violations(structure: string): readonly Violation[] {
  return violationsOfMembers(structure, 4).map(({ path, what, value, expected }) => ({
    name: `${path} ${what}`,
    request: value,
    expected,
  }));
}

interface Broken {
  readonly path: string;
  readonly what: string;
  readonly expected: Violation['expected'];
}

/** `depth` bounds how far into structures it goes: every shape is met well before. */
function violationsOfMembers(
  structure: string,
  depth: number,
): readonly (Broken & { readonly value: Json })[] {
  const { members, required = [] } = structureOf(structure);
  const minimal = minimalRequest(structure);
  return Object.entries(members).flatMap(([name, shapeName]) => {
    const broken = violationsOfValue(shapeName, name, depth).map(({ value, ...rest }) => ({
      ...rest,
      value: { ...minimal, [name]: value },
    }));
    if (!required.includes(name)) return broken;
    const without = Object.fromEntries(Object.entries(minimal).filter(([key]) => key !== name));
    const missing = { path: name, what: 'missing', expected: 'ValidationException' as const, value: without };
    return [missing, ...broken];
  });
}

function violationsOfValue(
  shapeName: string,
  path: string,
  depth: number,
): readonly (Broken & { readonly value: unknown })[] {
  const shape = shapeOf(shapeName);
  const broken: (Broken & { readonly value: unknown })[] = [];
  const add = (what: string, value: unknown, expected: Violation['expected'] = 'ValidationException') =>
    broken.push({ path, what, value, expected });

  for (const [type, value] of wrongTypes(shape)) add(`a ${type}`, value, 'SerializationException');
  if (shape.type === 'string') {
    if (shape.max !== undefined) add('too long', sampleOfLength(shape.max + 1));
    if (shape.min !== undefined && shape.min > 0) add('too short', '');
    if (shape.pattern !== undefined && shape.pattern !== '.*') add('off its pattern', '\u0000 \n');
    if (shape.enum !== undefined) add('not of its enum', 'NO_SUCH_VALUE');
  }
  if (shape.type === 'integer' || shape.type === 'long') {
    if (shape.max !== undefined) add('too great', shape.max + 1);
    if (shape.min !== undefined) add('too small', shape.min - 1);
  }
  if (shape.type === 'list') {
    if (shape.max !== undefined && shape.max < 1000)
      add('too many', Array(shape.max + 1).fill(sample(shape.member)));
    if (shape.min !== undefined && shape.min > 0) add('too few', []);
    if (depth > 0) {
      for (const inner of violationsOfValue(shape.member, `${path}.0`, depth - 1)) {
        // A list of the least length, whose first element is the broken one.
        const rest = Array(Math.max(0, (shape.min ?? 1) - 1)).fill(sample(shape.member));
        broken.push({ ...inner, value: [inner.value, ...rest] });
      }
    }
  }
  if (shape.type === 'structure' && depth > 0) {
    for (const inner of violationsOfMembers(shapeName, depth - 1)) {
      broken.push({ ...inner, path: `${path}.${inner.path}` });
    }
  }
  return broken;
}

function wrongTypes(shape: Shape): readonly (readonly [string, unknown])[] {
  const all = [
    ['string', 'text'],
    ['number', 7],
    ['boolean', true],
    ['list', []],
    ['structure', {}],
  ] as const;
  const right = {
    string: 'string',
    integer: 'number',
    long: 'number',
    boolean: 'boolean',
    timestamp: 'number',
  };
  const own =
    shape.type === 'list'
      ? 'list'
      : shape.type in right
        ? right[shape.type as keyof typeof right]
        : 'structure';
  return all.filter(([type]) => type !== own);
}

// One value for each pattern of the model that the letter a does not satisfy.
const SAMPLES: readonly string[] = [
  'a',
  'aws.partner/a/b',
  'aws.partner/a/',
  '123456789012',
  'events:PutEvents',
  'arn:aws:events:us-east-1:123456789012:connection/a/b',
  'arn:aws:events:us-east-1:123456789012:event-bus/a',
  'arn:aws:iam::123456789012:role/a',
  'arn:aws:route53:::healthcheck/a',
  'arn:aws:secretsmanager:us-east-1:123456789012:secret:a',
  'arn:aws:vpc-lattice:us-east-1:123456789012:resourceconfiguration/rcfg-0123456789abcdefg',
  'us-east-1',
  'us-east-11',
  'a.b',
];

function sample(shapeName: string): unknown {
  const shape = shapeOf(shapeName);
  switch (shape.type) {
    case 'structure':
      return minimalRequest(shapeName);
    case 'list':
      return Array(shape.min ?? 0).fill(sample(shape.member));
    case 'map':
      return {};
    case 'boolean':
      return true;
    case 'timestamp':
      return 1_700_000_000;
    case 'integer':
    case 'long':
      return shape.min ?? 1;
    case 'string': {
      if (shape.enum !== undefined) return shape.enum[0];
      const { pattern, min = 0, max = Number.POSITIVE_INFINITY } = shape;
      const fits = (text: string) =>
        text.length >= min &&
        text.length <= max &&
        (pattern === undefined ||
          new RegExp(`^(?:${pattern})$`, pattern.includes('\\p{') ? 'u' : '').test(text));
      const found = SAMPLES.find(fits);
      if (found === undefined) throw new Error(`no sample value fits ${shapeName}, ${pattern}`);
      return found;
    }
  }
}

function sampleOfLength(length: number): string {
  return 'a'.repeat(length);
}
