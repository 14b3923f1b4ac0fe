import { shapeOf } from '../api-model/api-model.ts';
import type { ParameterValue } from './parameter-value.ts';

/**
 * A sample of an operation's input, every member there: text is empty, or one of the values that are allowed
 * (`random` between 0 and 1 picks it), numbers are 0, booleans true, lists hold one item.
 * AWS page: https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-skeleton.html
 */
export function inputSkeleton(shapeName: string, random: () => number): ParameterValue {
  return sample(shapeName, '', (name) => {
    const shape = shapeOf(name);
    const values = shape.type === 'string' ? (shape.enum ?? []) : [];
    return values[Math.floor(random() * values.length)] ?? '';
  });
}

/** A sample of an operation's output: texts are the names of their members (of their shapes, inside lists). */
export function outputSkeleton(shapeName: string): ParameterValue {
  return sample(shapeName, '', (_, memberName) => memberName);
}

function sample(
  shapeName: string,
  memberName: string,
  text: (shapeName: string, memberName: string) => string,
): ParameterValue {
  const shape = shapeOf(shapeName);
  switch (shape.type) {
    case 'structure':
      return new Map(Object.entries(shape.members).map(([name, inner]) => [name, sample(inner, name, text)]));
    case 'list':
      return [sample(shape.member, shape.member, text)];
    case 'map':
      return new Map([['KeyName', sample(shape.value, '', text)]]);
    case 'string':
      return text(shapeName, memberName);
    case 'timestamp':
      return '1970-01-01T00:00:00';
    case 'boolean':
      return true;
    default:
      return 0n;
  }
}
