import { shapeOf, structureOf } from '../../api-model/api-model.ts';
import { yamlScalar } from '../output/output-yaml.ts';

/** A sentence about a member of a structure; empty where there is nothing to say. */
export type MemberSentence = (structure: string, member: string) => string;

/** What a sample is made with. */
interface Sampling {
  /** Between 0 and 1; picks one of certain values. */
  readonly random: () => number;
  readonly sentence: MemberSentence;
}

/**
 * A sample of an operation's input as YAML, every member there, with comments: whether it is required, what it means,
 * and which values there are where not all are taken.
 * AWS page: https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-skeleton.html
 */
export function yamlInputSkeleton(shapeName: string, sampling: Sampling): string {
  const members = membersOf(shapeName, '', sampling);
  return members.length === 0 ? '{}\n' : `${members.join('\n')}\n`;
}

// The lines of a structure, each behind `indent`.
function membersOf(shapeName: string, indent: string, sampling: Sampling): readonly string[] {
  const { members, required = [] } = structureOf(shapeName);
  return Object.entries(members).flatMap(([name, inner]) => {
    const sentence = sampling.sentence(shapeName, name);
    const comments = [
      ...(required.includes(name) ? ['[REQUIRED]'] : []),
      ...(sentence === '' ? [] : [sentence]),
    ];
    const shape = shapeOf(inner);
    if (shape.type === 'string' && shape.enum !== undefined) {
      comments.push(`Valid values are: ${shape.enum.join(', ')}.`);
    }
    const [value = '', ...lines] = sampleOf(inner, indent, sampling);
    const comment = comments.length === 0 ? '' : `  # ${comments.join(' ')}`;
    return [`${indent}${name}:${value === '' ? '' : ` ${value}`}${comment}`, ...lines];
  });
}

// What stands behind the colon, and the lines below it.
function sampleOf(shapeName: string, indent: string, sampling: Sampling): readonly string[] {
  const shape = shapeOf(shapeName);
  if (shape.type === 'structure') {
    const members = membersOf(shapeName, `${indent}  `, sampling);
    return members.length === 0 ? ['{}'] : ['', ...members];
  }
  if (shape.type === 'list') return ['', ...itemOf(shape.member, indent, sampling)];
  if (shape.type === 'map') {
    const [value = '', ...lines] = sampleOf(shape.value, `${indent}  `, sampling);
    return ['', `${indent}  KeyName:${value === '' ? '' : ` ${value}`}`, ...lines];
  }
  return [scalarOf(shapeName, sampling)];
}

function itemOf(shapeName: string, indent: string, sampling: Sampling): readonly string[] {
  const shape = shapeOf(shapeName);
  if (shape.type !== 'structure') return [`${indent}- ${scalarOf(shapeName, sampling)}`];
  const [first = '{}', ...others] = membersOf(shapeName, `${indent}  `, sampling);
  return [`${indent}- ${first.trimStart()}`, ...others];
}

function scalarOf(shapeName: string, { random }: Sampling): string {
  const shape = shapeOf(shapeName);
  switch (shape.type) {
    case 'string': {
      const values = shape.enum ?? [];
      return yamlScalar(values[Math.floor(random() * values.length)] ?? '');
    }
    case 'timestamp':
      return '1970-01-01 00:00:00';
    case 'boolean':
      return 'true';
    default:
      return '0';
  }
}
