import { shapeOf, structureOf } from '../api-model/api-model.ts';
import { yamlScalar } from './output-yaml.ts';

/**
 * A sample of an operation's input as YAML, every member there, with a comment behind those that are required and
 * those that take certain values only (`random` between 0 and 1 picks the one that is shown).
 * AWS page: https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-skeleton.html
 */
export function yamlInputSkeleton(shapeName: string, random: () => number): string {
  const members = membersOf(shapeName, '', random);
  return members.length === 0 ? '{}\n' : `${members.join('\n')}\n`;
}

// The lines of a structure, each behind `indent`.
function membersOf(shapeName: string, indent: string, random: () => number): readonly string[] {
  const { members, required = [] } = structureOf(shapeName);
  return Object.entries(members).flatMap(([name, inner]) => {
    const comments = required.includes(name) ? ['[REQUIRED]'] : [];
    const shape = shapeOf(inner);
    if (shape.type === 'string' && shape.enum !== undefined) {
      comments.push(`Valid values are: ${shape.enum.join(', ')}.`);
    }
    const [value = '', ...lines] = sampleOf(inner, indent, random);
    const comment = comments.length === 0 ? '' : `  # ${comments.join(' ')}`;
    return [`${indent}${name}:${value === '' ? '' : ` ${value}`}${comment}`, ...lines];
  });
}

// What stands behind the colon, and the lines below it.
function sampleOf(shapeName: string, indent: string, random: () => number): readonly string[] {
  const shape = shapeOf(shapeName);
  if (shape.type === 'structure') {
    const members = membersOf(shapeName, `${indent}  `, random);
    return members.length === 0 ? ['{}'] : ['', ...members];
  }
  if (shape.type === 'list') return ['', ...itemOf(shape.member, indent, random)];
  if (shape.type === 'map') {
    const [value = '', ...lines] = sampleOf(shape.value, `${indent}  `, random);
    return ['', `${indent}  KeyName:${value === '' ? '' : ` ${value}`}`, ...lines];
  }
  return [scalarOf(shapeName, random)];
}

function itemOf(shapeName: string, indent: string, random: () => number): readonly string[] {
  const shape = shapeOf(shapeName);
  if (shape.type !== 'structure') return [`${indent}- ${scalarOf(shapeName, random)}`];
  const [first = '{}', ...others] = membersOf(shapeName, `${indent}  `, random);
  return [`${indent}- ${first.trimStart()}`, ...others];
}

function scalarOf(shapeName: string, random: () => number): string {
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
