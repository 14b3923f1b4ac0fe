import { isMembers, type Members, membersOf, picked, textOf, UnusableInputError } from './input-members.ts';

// What an input may say of a job, as EventBridge spells it; the rest is the target's.
const MEMBERS = [
  'ContainerOverrides',
  'DependsOn',
  'EcsPropertiesOverride',
  'EksPropertiesOverride',
  'NodeOverrides',
  'Parameters',
  'PropagateTags',
  'SchedulingPriorityOverride',
  'ShareIdentifier',
  'Tags',
  'Timeout',
];

// Below these the names are the user's.
const MAPS = new Set(['Annotations', 'Labels', 'Limits', 'Requests', 'Tags']);

/**
 * What an input says of a job, under the names that SubmitJob has for it: EventBridge's begin with a capital letter,
 * SubmitJob's do not. Throws UnusableInputError for what is no JSON object, and for parameters that are not texts.
 * https://docs.aws.amazon.com/batch/latest/userguide/batch-cwe-target.html
 */
export function jobOf(input: string): Members {
  const { Parameters: parameters, ...rest } = picked(membersOf(input), MEMBERS);
  const job = lowered(rest) as Members;
  if (parameters === undefined) return job;
  if (!isMembers(parameters)) throw new UnusableInputError('Parameters is not a JSON object.');
  const texts = Object.entries(parameters).map(([name, value]) => [
    name,
    textOf(value, `Parameters.${name}`),
  ]);
  return { ...job, parameters: Object.fromEntries(texts) };
}

function lowered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowered);
  if (!isMembers(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name.charAt(0).toLowerCase() + name.slice(1),
      MAPS.has(name) ? inner : lowered(inner),
    ]),
  );
}
