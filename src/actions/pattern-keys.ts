import type { AccessRequest } from '../domain/policy/evaluate-policy.ts';

// The fields of a pattern that policies may speak of, and what they call them.
const KEYS: readonly (readonly [string, readonly string[]])[] = [
  ['events:source', ['source']],
  ['events:detail-type', ['detail-type']],
  ['events:detail.service', ['detail', 'service']],
  ['events:detail.eventTypeCode', ['detail', 'eventTypeCode']],
  ['events:detail.userIdentity.principalId', ['detail', 'userIdentity', 'principalId']],
];

/**
 * What a rule would match, as the condition keys of PutRule say it: one value for each value of the pattern.
 * Whatever is no plain text (`{"prefix": …}`) comes as its JSON, so that it equals no text that a policy allows.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html
 */
export function patternKeys(pattern: string): AccessRequest['keys'] {
  const document = readJson(pattern);
  return Object.fromEntries(
    KEYS.map(([key, path]) => [key, valuesAt(document, path).map(textOf)] as const).filter(
      ([, values]) => values.length > 0,
    ),
  );
}

function valuesAt(value: unknown, path: readonly string[]): readonly unknown[] {
  const [name, ...rest] = path;
  if (name === undefined) return Array.isArray(value) ? value : [value];
  if (typeof value !== 'object' || value === null) return [];
  const members = new Map<string, unknown>(Object.entries(value));
  const alternatives = members.get('$or');
  const found = members.has(name) ? valuesAt(members.get(name), rest) : [];
  if (!Array.isArray(alternatives)) return found;
  return found.concat(alternatives.flatMap((alternative) => valuesAt(alternative, path)));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A pattern that is no JSON says nothing: it is refused later, in AWS's words. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
