import { complexity, MAX_COMPLEXITY } from './complexity.ts';
import { expectation } from './condition-words.ts';
import { type Contradiction, contradictions } from './contradictions.ts';
import type { Condition, Pattern, SubRule } from './pattern.ts';

/** What a pattern means. Plain data: it can be sent as JSON. */
export interface PatternDescription {
  /** In words, several lines; no line break at the end. */
  readonly text: string;
  /** In how many places the wildcards of a field can be at once, for the field where it is most. */
  readonly complexity: number;
  /** AWS refuses patterns that are more complex. */
  readonly complexityLimit: number;
  /** The alternatives that `$or` makes, at most `MAX_ALTERNATIVES`; one for a pattern without `$or`. */
  readonly alternatives: readonly DescribedAlternative[];
  /** How many there are in all. */
  readonly alternativeCount: number;
  /** False when it is certain that no event on an event bus ever matches. */
  readonly canMatch: boolean;
  /** Fields that no event can satisfy; with several alternatives, others may match nevertheless. */
  readonly contradictions: readonly Contradiction[];
}

/** One alternative: all of its fields must hold. */
export interface DescribedAlternative {
  /** The `$or` branches taken, outermost first, as `detail.$or[1]`. */
  readonly branches: readonly string[];
  readonly fields: readonly { readonly path: string; readonly expected: string }[];
}

/** How many alternatives a description shows. */
const MAX_ALTERNATIVES = 20;

/** Says in words what a pattern asks for, and what of it no event can ever satisfy. */
export function describePattern(pattern: Pattern): PatternDescription {
  const { subRules } = pattern;
  const found = subRules.map(contradictions);
  const alternatives = subRules.slice(0, MAX_ALTERNATIVES).map(describe);
  return {
    text: textOf(alternatives, subRules.length),
    complexity: mostComplex(subRules),
    complexityLimit: MAX_COMPLEXITY,
    alternatives,
    alternativeCount: subRules.length,
    canMatch: found.some((inAlternative) => inAlternative.length === 0),
    contradictions: distinct(found.flat()),
  };
}

function describe({ fields, branches }: SubRule): DescribedAlternative {
  return {
    branches,
    fields: [...fields].map(([path, conditions]) => ({ path, expected: expectation(conditions) })),
  };
}

function mostComplex(subRules: readonly SubRule[]): number {
  const lists = new Set<readonly Condition[]>(subRules.flatMap(({ fields }) => [...fields.values()]));
  return Math.max(0, ...[...lists].map((conditions) => complexity(conditions, MAX_COMPLEXITY)));
}

function textOf(alternatives: readonly DescribedAlternative[], count: number): string {
  const texts = alternatives.map(({ fields }) =>
    fields.map((field) => `${field.path} has ${field.expected}`),
  );
  const [only = []] = texts;
  if (count === 1) return only.join('\nand ');
  const lines = texts.map((fields, at) => `${at + 1}. ${fields.join('\n   and ')}`);
  const more = count > texts.length ? [`… and ${count - texts.length} more`] : [];
  return ['One of these holds:', ...lines, ...more].join('\n');
}

function distinct(all: readonly Contradiction[]): readonly Contradiction[] {
  const byText = new Map(all.map((one) => [`${one.path} ${one.reason}`, one] as const));
  return [...byText.values()];
}
