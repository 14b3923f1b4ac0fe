import type { Scalar } from './event-fields.ts';
import type { Condition, NoneOfCondition, NumericCondition } from './pattern.ts';

/** What a list of conditions asks for: `no value`, or `a value that is "a" or starts with "b"`, or both. */
export function expectation(conditions: readonly Condition[]): string {
  const values = conditions.filter((condition) => condition.kind !== 'exists' || condition.exists);
  const words = either(values.map(wordsFor));
  if (values.length === conditions.length) return `a value that ${words}`;
  return values.length === 0 ? 'no value' : `no value, or one that ${words}`;
}

/** A scalar as JSON writes it; a number as it was written. */
export function scalarText(value: Scalar): string {
  return value.kind === 'string' ? JSON.stringify(value.text) : value.text;
}

function wordsFor(condition: Condition): string {
  switch (condition.kind) {
    case 'string':
      return `is ${JSON.stringify(condition.value)}`;
    case 'number':
      return `is ${condition.text}`;
    case 'token':
      return `is ${condition.token}`;
    case 'exists':
      return 'is anything at all';
    case 'numeric':
      return `is a number ${rangeWords(condition)}`;
    case 'cidr':
      return `is an address in ${condition.value}`;
    case 'not-strings':
      return `is anything but ${either(condition.values.map((value) => JSON.stringify(value)))}`;
    case 'not-numbers':
      return `is anything but ${either(condition.values.map(String))}`;
    case 'none-of':
      return `is anything but a string that ${either(condition.conditions.map(textWords))}`;
    default:
      return textWords(condition);
  }
}

function textWords(condition: NoneOfCondition['conditions'][number]): string {
  const value = JSON.stringify(condition.value);
  switch (condition.kind) {
    case 'prefix':
      return `starts with ${value}`;
    case 'suffix':
      return `ends with ${value}`;
    case 'equals-ignore-case':
      return `is ${value} in any case`;
    case 'prefix-ignore-case':
      return `starts with ${value} in any case`;
    case 'suffix-ignore-case':
      return `ends with ${value} in any case`;
    case 'wildcard':
      return `fits ${value}`;
  }
}

function rangeWords({ low, lowIncluded, high, highIncluded }: NumericCondition): string {
  if (low === high) return `equal to ${low}`;
  const bounds: string[] = [];
  if (low !== Number.NEGATIVE_INFINITY) bounds.push(`${lowIncluded ? '>=' : '>'} ${low}`);
  if (high !== Number.POSITIVE_INFINITY) bounds.push(`${highIncluded ? '<=' : '<'} ${high}`);
  return bounds.join(' and ');
}

function either(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}
