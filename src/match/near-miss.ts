import { scalarText } from './condition-words.ts';
import type { Scalar } from './event-fields.ts';
import type { Condition } from './pattern.ts';

/** How a value that fails came close to satisfying a condition, as a sentence; undefined where it didn't. */
export function nearMiss(conditions: readonly Condition[], value: Scalar): string | undefined {
  for (const condition of conditions) {
    const miss = nearMissOf(condition, value);
    if (miss !== undefined) return miss;
  }
  return undefined;
}

function nearMissOf(condition: Condition, value: Scalar): string | undefined {
  switch (condition.kind) {
    case 'string':
      return value.kind === 'string'
        ? nearText(condition.value, value.text)
        : otherType(condition.value === value.text, value, 'the string');
    case 'number':
      return otherType(value.kind === 'string' && condition.text === value.text, value, 'the number');
    case 'token':
      return otherType(value.kind === 'string' && condition.token === value.text, value, 'the bare word');
    case 'numeric':
      return value.kind === 'string' && value.text !== '' && Number.isFinite(Number(value.text))
        ? `The event holds the string ${scalarText(value)}: numeric looks at numbers only.`
        : undefined;
    default:
      return undefined;
  }
}

function otherType(isSameText: boolean, value: Scalar, wanted: string): string | undefined {
  if (!isSameText) return undefined;
  const held = value.kind === 'string' ? 'string' : value.kind === 'number' ? 'number' : 'bare word';
  return `The event holds the ${held} ${scalarText(value)}, the pattern asks for ${wanted}.`;
}

function nearText(wanted: string, found: string): string | undefined {
  if (wanted.toLowerCase() === found.toLowerCase()) {
    return 'They differ in case only: equals-ignore-case would match.';
  }
  return wanted.trim() === found.trim() ? 'They differ in white space only.' : undefined;
}
