import {
  type ListShape,
  type MapShape,
  memberName,
  type NumberShape,
  type Shape,
  type StringShape,
  type StructureShape,
  shapeOf,
} from '../api-model/api-model.ts';
import { ServiceError } from '../domain/errors.ts';
import { javaText } from './java-text.ts';
import { patternTest } from './pattern-test.ts';

/**
 * Holds a decoded request against the constraints of its shape, in the order and words of AWS: members in
 * the model's order; of one member first what it must not lack, then its pattern, then its length. Throws
 * one ValidationException that names every violation.
 *
 * AWS page: https://docs.aws.amazon.com/eventbridge/latest/APIReference/CommonErrors.html
 */
export function validate(shapeName: string, value: unknown): void {
  const violations: string[] = [];
  checkShape(shapeName, value, '', violations);
  if (violations.length === 0) return;
  const count = violations.length === 1 ? '1 validation error' : `${violations.length} validation errors`;
  throw new ServiceError('ValidationException', `${count} detected: ${violations.join('; ')}`);
}

// AWS repeats what it refuses; what nobody could read is cut, for it would be sent back several times over.
const SHOWN_CHARACTERS = 64 * 1024;

function shortened(text: string): string {
  return text.length <= SHOWN_CHARACTERS ? text : `${text.slice(0, SHOWN_CHARACTERS)}…`;
}

function checkShape(shapeName: string, value: unknown, path: string, violations: string[]): void {
  const shape = shapeOf(shapeName);
  for (const constraint of violatedConstraints(shape, value)) {
    const shown = shape.sensitive === true ? 'Value' : `Value '${shortened(javaText(shapeName, value))}'`;
    violations.push(`${shown} at '${path}' failed to satisfy constraint: ${constraint}`);
  }
  if (shape.type === 'structure') {
    checkMembers(shape, value as Readonly<Record<string, unknown>>, path, violations);
  }
  // Constraints on the elements of a list of scalars are reported at the list, so only structures are entered.
  if (shape.type === 'list' && shapeOf(shape.member).type === 'structure') {
    for (const [index, item] of (value as readonly unknown[]).entries()) {
      checkShape(shape.member, item, `${path}.${index + 1}.member`, violations);
    }
  }
}

interface Member {
  readonly name: string;
  readonly shapeName: string;
  readonly required: boolean;
}

const membersOfStructures = new WeakMap<StructureShape, readonly Member[]>();

function membersOf(shape: StructureShape): readonly Member[] {
  let members = membersOfStructures.get(shape);
  if (members === undefined) {
    members = Object.entries(shape.members).map(([wireName, shapeName]) => ({
      name: memberName(wireName),
      shapeName,
      required: shape.required?.includes(wireName) === true,
    }));
    membersOfStructures.set(shape, members);
  }
  return members;
}

function checkMembers(
  shape: StructureShape,
  value: Readonly<Record<string, unknown>>,
  path: string,
  violations: string[],
): void {
  for (const { name, shapeName, required } of membersOf(shape)) {
    const member = value[name];
    if (member === undefined && !required) continue;
    const memberPath = path === '' ? name : `${path}.${name}`;
    if (member !== undefined) checkShape(shapeName, member, memberPath, violations);
    else {
      violations.push(`Value null at '${memberPath}' failed to satisfy constraint: Member must not be null`);
    }
  }
}

function violatedConstraints(shape: Shape, value: unknown): readonly string[] {
  switch (shape.type) {
    case 'string':
      return stringConstraints(shape)
        .filter(({ holds }) => !holds(value as string))
        .map(({ text }) => text);
    case 'integer':
    case 'long':
      return numberConstraints(shape, value as number);
    case 'list':
      return listConstraints(shape, value as readonly unknown[]);
    case 'map':
      return mapConstraints(shape, value as Readonly<Record<string, unknown>>);
    default:
      return [];
  }
}

interface Constraint<T> {
  readonly text: string;
  readonly holds: (value: T) => boolean;
}

// Recordings show pattern before length, but for these.
const LENGTH_FIRST: ReadonlySet<Shape> = new Set(['ArchiveName', 'EventBusArn', 'ArchiveArn'].map(shapeOf));

const constraintsOfStrings = new WeakMap<StringShape, readonly Constraint<string>[]>();

function stringConstraints(shape: StringShape): readonly Constraint<string>[] {
  let constraints = constraintsOfStrings.get(shape);
  if (constraints === undefined) {
    const ofForm = [patternConstraint(shape), lengthConstraints(shape)];
    if (LENGTH_FIRST.has(shape)) ofForm.reverse();
    constraints = [...ofForm.flat(), ...enumConstraint(shape)];
    constraintsOfStrings.set(shape, constraints);
  }
  return constraints;
}

function patternConstraint({ pattern }: StringShape): readonly Constraint<string>[] {
  if (pattern === undefined) return [];
  return [
    { text: `Member must satisfy regular expression pattern: ${pattern}`, holds: patternTest(pattern) },
  ];
}

function lengthConstraints({ min, max }: StringShape): readonly Constraint<string>[] {
  const constraints: Constraint<string>[] = [];
  if (max !== undefined) {
    constraints.push({
      text: `Member must have length less than or equal to ${max}`,
      holds: (value) => value.length <= max,
    });
  }
  if (min !== undefined) {
    constraints.push({
      text: `Member must have length greater than or equal to ${min}`,
      holds: (value) => value.length >= min,
    });
  }
  return constraints;
}

// AWS lists the values of an enum in an order of its own, which only recordings tell.
const RECORDED_ENUM_ORDER: readonly (readonly string[])[] = [
  ['HEAD', 'POST', 'PATCH', 'DELETE', 'PUT', 'GET', 'OPTIONS'],
  ['CREATE_FAILED', 'ENABLED', 'UPDATING', 'UPDATE_FAILED', 'CREATING', 'DISABLED'],
];

function enumConstraint(shape: StringShape): readonly Constraint<string>[] {
  const values = shape.enum;
  if (values === undefined) return [];
  const recorded = RECORDED_ENUM_ORDER.find(
    (order) => order.length === values.length && order.every((value) => values.includes(value)),
  );
  return [
    {
      text: `Member must satisfy enum value set: [${(recorded ?? values).join(', ')}]`,
      holds: (value) => values.includes(value),
    },
  ];
}

function numberConstraints({ min, max }: NumberShape, value: number): readonly string[] {
  const violated: string[] = [];
  if (max !== undefined && value > max) violated.push(`Member must have value less than or equal to ${max}`);
  if (min !== undefined && value < min)
    violated.push(`Member must have value greater than or equal to ${min}`);
  return violated;
}

function sizeConstraints({ min, max }: ListShape | MapShape, size: number): string[] {
  const violated: string[] = [];
  if (max !== undefined && size > max) violated.push(`Member must have length less than or equal to ${max}`);
  if (min !== undefined && size < min)
    violated.push(`Member must have length greater than or equal to ${min}`);
  return violated;
}

function listConstraints(shape: ListShape, items: readonly unknown[]): readonly string[] {
  const violated = sizeConstraints(shape, items.length);
  return violated.concat(elementConstraint('Member', shapeOf(shape.member), items));
}

function mapConstraints(shape: MapShape, map: Readonly<Record<string, unknown>>): readonly string[] {
  return sizeConstraints(shape, Object.keys(map).length).concat(
    elementConstraint('Map value', shapeOf(shape.value), Object.values(map)),
    elementConstraint('Map keys', shapeOf(shape.key), Object.keys(map)),
  );
}

/** For scalar elements AWS names all their constraints at once, whichever of them was violated. */
function elementConstraint(whose: string, shape: Shape, items: readonly unknown[]): readonly string[] {
  if (shape.type !== 'string') return [];
  const constraints = stringConstraints(shape);
  if (items.every((item) => constraints.every(({ holds }) => holds(item as string)))) return [];
  const texts = [...lengthConstraints(shape), ...patternConstraint(shape), ...enumConstraint(shape)];
  return [`${whose} must satisfy constraint: [${texts.map(({ text }) => text).join(', ')}]`];
}
