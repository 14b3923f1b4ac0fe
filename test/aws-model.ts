import { readFileSync } from 'node:fs';

/** A shape of an AWS API, reduced to what a request can be checked against. */
export interface Shape {
  readonly type: string;
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, Ref>>;
  /** Element of a list. */
  readonly member?: Ref;
  readonly key?: Ref;
  readonly value?: Ref;
  /** Characters, bytes, elements, or the number itself. */
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  /** Member that is the whole body. */
  readonly payload?: string;
}

export interface Ref {
  readonly shape: string;
  readonly location?: 'uri' | 'header' | 'querystring';
  readonly locationName?: string;
}

/** One service's published API, reduced to the operations that targets are invoked by. */
export interface AwsModel {
  /** The service in the scope of a signature. */
  readonly signingName: string;
  readonly protocol: 'json' | 'query' | 'rest-json';
  readonly apiVersion?: string;
  readonly jsonVersion?: string;
  readonly targetPrefix?: string;
  readonly operations: Readonly<Record<string, Operation>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

export interface Operation {
  /** Name of the shape. */
  readonly input: string;
  readonly method?: string;
  /** `/v1/things/{Name}` */
  readonly path?: string;
}

/**
 * The models by the service's name in the SDKs: AWS's published API models (`service-2.json`), reduced to the
 * operations that targets are invoked by, their input shapes, and what constrains those.
 */
export const awsModels = JSON.parse(
  readFileSync(new URL('data/aws-shapes.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, AwsModel>>;

/**
 * What is wrong with an input by its published shape, one line each: members that are missing or unknown, of
 * another type, too short or long, not of the pattern or not in the enum. Blobs are checked as Buffers.
 */
export function shapeFaults(model: AwsModel, shapeName: string, input: unknown, path = shapeName): string[] {
  const shape = model.shapes[shapeName];
  if (shape === undefined) return [`${path}: there is no shape ${shapeName}`];
  switch (shape.type) {
    case 'structure':
      return structureFaults(model, shape, input, path);
    case 'list': {
      if (!Array.isArray(input)) return [`${path}: is no list`];
      const faults = input.flatMap((item, n) => faultsAt(model, shape.member, item, `${path}[${n}]`));
      return [...boundFaults(shape, input.length, path), ...faults];
    }
    case 'map': {
      if (!isObject(input)) return [`${path}: is no map`];
      const faults = Object.entries(input).flatMap(([key, value]) => [
        ...faultsAt(model, shape.key, key, `${path} key ${key}`),
        ...faultsAt(model, shape.value, value, `${path}.${key}`),
      ]);
      return [...boundFaults(shape, Object.keys(input).length, path), ...faults];
    }
    case 'string':
      return typeof input === 'string' ? textFaults(shape, input, path) : [`${path}: is no string`];
    case 'blob':
      return Buffer.isBuffer(input) ? boundFaults(shape, input.length, path) : [`${path}: is no base64`];
    case 'boolean':
      return typeof input === 'boolean' ? [] : [`${path}: is no boolean`];
    default:
      return numberFaults(shape, input, path);
  }
}

function structureFaults(model: AwsModel, shape: Shape, input: unknown, path: string): string[] {
  if (!isObject(input)) return [`${path}: is no structure`];
  const missing = (shape.required ?? []).filter((name) => input[name] === undefined);
  const given = Object.entries(input).filter(([, value]) => value !== undefined);
  const faults = given.flatMap(([name, value]) => {
    const ref = shape.members?.[name];
    return ref === undefined
      ? [`${path}.${name}: there is no such member`]
      : faultsAt(model, ref, value, `${path}.${name}`);
  });
  return [...missing.map((name) => `${path}.${name}: is required`), ...faults];
}

function faultsAt(model: AwsModel, ref: Ref | undefined, value: unknown, path: string): string[] {
  return ref === undefined ? [`${path}: has no shape`] : shapeFaults(model, ref.shape, value, path);
}

function textFaults(shape: Shape, text: string, path: string): string[] {
  const faults = boundFaults(shape, text.length, path);
  if (
    shape.pattern !== undefined &&
    !new RegExp(`^(?:${shape.pattern})$`, flagsFor(shape.pattern)).test(text)
  ) {
    faults.push(`${path}: ${JSON.stringify(text)} is not of the pattern ${shape.pattern}`);
  }
  if (shape.enum?.includes(text) === false) faults.push(`${path}: ${text} is none of ${shape.enum}`);
  return faults;
}

// The patterns are Java's: only those with classes of Unicode or pairs of surrogates need JavaScript's `u`, which
// refuses some of the others.
function flagsFor(pattern: string): string {
  return /\\p\{|\\uD800/.test(pattern) ? 'u' : '';
}

function numberFaults(shape: Shape, input: unknown, path: string): string[] {
  if (typeof input !== 'number') return [`${path}: is no number`];
  const whole = shape.type === 'integer' || shape.type === 'long';
  return [
    ...(whole && !Number.isInteger(input) ? [`${path}: is no whole number`] : []),
    ...boundFaults(shape, input, path),
  ];
}

function boundFaults({ min, max }: Shape, measure: number, path: string): string[] {
  if (min !== undefined && measure < min) return [`${path}: ${measure} is below ${min}`];
  return max !== undefined && measure > max ? [`${path}: ${measure} is above ${max}`] : [];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !Buffer.isBuffer(value);
}
