/**
 * The EventBridge API as data: every operation, shape and constraint of `events` 2015-10-07.
 *
 * The JSON beside this file is the single source for dispatch and validation (wire), for the request and
 * response types (`types.generated.ts`) and for the options of the command line (cli).
 *
 * AWS page: https://docs.aws.amazon.com/eventbridge/latest/APIReference/Welcome.html
 */
import model from './events-2015-10-07.json' with { type: 'json' };
import type { OperationName } from './types.generated.ts';

/** A structure: its members in the model's order (the order in which AWS reports errors and prints output). */
export interface StructureShape {
  readonly type: 'structure';
  /** Member name as on the wire (PascalCase but for a few) to the name of its shape. */
  readonly members: Readonly<Record<string, string>>;
  readonly required?: readonly string[];
  readonly sensitive?: boolean;
  readonly exception?: boolean;
  readonly fault?: boolean;
}

/** A list; `min` and `max` count its items. */
export interface ListShape {
  readonly type: 'list';
  readonly member: string;
  readonly min?: number;
  readonly max?: number;
  readonly sensitive?: boolean;
}

/** A map from strings; `min` and `max` count its entries. */
export interface MapShape {
  readonly type: 'map';
  readonly key: string;
  readonly value: string;
  readonly min?: number;
  readonly max?: number;
  readonly sensitive?: boolean;
}

/** A string; `min` and `max` count characters; `pattern` must cover the whole value. */
export interface StringShape {
  readonly type: 'string';
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly sensitive?: boolean;
}

/** A number; `min` and `max` bound its value. */
export interface NumberShape {
  readonly type: 'integer' | 'long';
  readonly min?: number;
  readonly max?: number;
  readonly sensitive?: boolean;
}

/** A boolean, or a timestamp (epoch seconds on the wire, epoch milliseconds inside). */
export interface PlainShape {
  readonly type: 'boolean' | 'timestamp';
  readonly sensitive?: boolean;
}

export type Shape = StructureShape | ListShape | MapShape | StringShape | NumberShape | PlainShape;

export interface Operation {
  readonly name: OperationName;
  /** Name of the input structure. */
  readonly input: string;
  /** Name of the output structure; operations without output have none. */
  readonly output: string | undefined;
  /** Names of the exceptions that the model lists for this operation. */
  readonly errors: readonly string[];
}

/** How the AWS CLI pages an operation. Only three operations have an entry. */
export interface Paginator {
  readonly input_token: string;
  readonly output_token: string;
  readonly limit_key: string;
  readonly result_key: string;
}

interface RawOperation {
  readonly input: string;
  readonly output?: string;
  readonly errors: readonly string[];
}

// The one cast of the model: TypeScript infers a type per JSON literal, which is exact but of no use here.
const raw = model as unknown as {
  readonly metadata: {
    readonly apiVersion: string;
    readonly endpointPrefix: string;
    readonly jsonVersion: string;
    readonly serviceId: string;
    readonly targetPrefix: string;
  };
  readonly operations: Readonly<Record<string, RawOperation>>;
  readonly shapes: Readonly<Record<string, Shape>>;
  readonly paginators: Readonly<Record<string, Paginator>>;
};

export const metadata = raw.metadata;

/** All 57 operations by name, in alphabetical order. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  Object.entries(raw.operations).map(([name, operation]) => [
    name,
    {
      name: name as OperationName,
      input: operation.input,
      output: operation.output,
      errors: operation.errors,
    },
  ]),
);

export const shapes: ReadonlyMap<string, Shape> = new Map(Object.entries(raw.shapes));

export const paginators: ReadonlyMap<string, Paginator> = new Map(Object.entries(raw.paginators));

/** The shape of that name. Throws when the model has none: a defect of the model, never of a request. */
export function shapeOf(name: string): Shape {
  const shape = shapes.get(name);
  if (shape === undefined) throw new Error(`the API model has no shape ${name}`);
  return shape;
}

/** The structure of that name. Throws when it is missing or another kind of shape. */
export function structureOf(name: string): StructureShape {
  const shape = shapeOf(name);
  if (shape.type !== 'structure') throw new Error(`shape ${name} of the API model is no structure`);
  return shape;
}

/**
 * The name that a wire member has inside Busbar and in AWS's validation messages: `EventBusName` →
 * `eventBusName`, `ResourceARN` → `resourceARN`.
 */
export function memberName(wireName: string): string {
  return wireName.charAt(0).toLowerCase() + wireName.slice(1);
}
