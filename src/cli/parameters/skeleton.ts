import { shapeOf } from '../../api-model/api-model.ts';
import type { ParameterValue } from './parameter-value.ts';

/**
 * A sample of an operation's input, every member there: text is empty, or one of the values that are allowed
 * (`random` between 0 and 1 picks it), numbers are 0, booleans true, lists hold one item.
 * AWS page: https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-skeleton.html
 */
export function inputSkeleton(shapeName: string, random: () => number): ParameterValue {
  const text = (name: string) => {
    const shape = shapeOf(name);
    const values = shape.type === 'string' ? (shape.enum ?? []) : [];
    return values[Math.floor(random() * values.length)] ?? '';
  };
  return sample(shapeName, '', { text, time: ISO_TIME });
}

/**
 * A sample of an operation's output: texts are the names of their members (of their shapes, inside lists). Times are
 * ISO 8601, with a space for the `T` as text and in tables.
 */
export function outputSkeleton(shapeName: string, format: string): ParameterValue {
  const time = format === 'text' || format === 'table' ? ISO_TIME.replace('T', ' ') : ISO_TIME;
  return sample(shapeName, '', { text: (_, memberName) => memberName, time });
}

const ISO_TIME = '1970-01-01T00:00:00';

interface Samples {
  readonly text: (shapeName: string, memberName: string) => string;
  readonly time: string;
}

function sample(shapeName: string, memberName: string, samples: Samples): ParameterValue {
  const shape = shapeOf(shapeName);
  switch (shape.type) {
    case 'structure':
      return new Map(
        Object.entries(shape.members).map(([name, inner]) => [name, sample(inner, name, samples)]),
      );
    case 'list':
      return [sample(shape.member, shape.member, samples)];
    case 'map':
      return new Map([['KeyName', sample(shape.value, '', samples)]]);
    case 'string':
      return samples.text(shapeName, memberName);
    case 'timestamp':
      return samples.time;
    case 'boolean':
      return true;
    default:
      return 0n;
  }
}
