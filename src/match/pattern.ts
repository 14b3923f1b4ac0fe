/**
 * A compiled event pattern: what an engine needs to know, with nothing left to parse. `parsePattern`
 * (parse-pattern.ts) makes one from text.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 */
export interface Pattern {
  /** The text that the pattern was read from, unchanged. */
  readonly text: string;
  /** The alternatives that `$or` unfolds into, 1 to 1000: an event matches when it matches any of them. */
  readonly subRules: readonly SubRule[];
}

/** One way to satisfy a pattern: every field must hold, and hold in the same elements of shared arrays. */
export interface SubRule {
  /**
   * Dotted path to conditions, in ascending order of the paths by UTF-16 code unit; at least one field, at
   * least one condition each. A field holds when any of its conditions does. A list that several sub-rules
   * share is the same object in all of them.
   */
  readonly fields: ReadonlyMap<string, readonly Condition[]>;
  /** The `$or` branches taken, in text order, as `detail.$or[1]`; empty for a pattern without `$or`. */
  readonly branches: readonly string[];
}

/** One entry of a list of conditions. Only `exists: false` can hold for a field that has no value. */
export type Condition =
  | StringCondition
  | NumberCondition
  | TokenCondition
  | ExistsCondition
  | AffixCondition
  | IgnoreCaseCondition
  | WildcardCondition
  | NumericCondition
  | CidrCondition
  | NotStringsCondition
  | NotNumbersCondition
  | NoneOfCondition;

/** A string literal: holds for exactly this string, code unit by code unit. */
export interface StringCondition {
  readonly kind: 'string';
  readonly value: string;
  /**
   * Where the literal is an IP address, its hexadecimal form (`addressDigits` in address.ts): the literal
   * then holds for every spelling of that address.
   */
  readonly address: string | undefined;
}

/** A number literal: holds for numbers of equal value or, for integers no double holds, of equal text. */
export interface NumberCondition {
  readonly kind: 'number';
  /** As written in the pattern. */
  readonly text: string;
  /** The value, or undefined for a number that a double can't hold (`comparableNumber` in number.ts). */
  readonly value: number | undefined;
}

/** `true`, `false` or `null`. */
export interface TokenCondition {
  readonly kind: 'token';
  readonly token: 'true' | 'false' | 'null';
}

/** Presence of a value (any scalar) at the field, or absence within the array elements chosen so far. */
export interface ExistsCondition {
  readonly kind: 'exists';
  readonly exists: boolean;
}

/** Holds for strings that start or end with `value`; the empty string is allowed and holds for all strings. */
export interface AffixCondition {
  readonly kind: 'prefix' | 'suffix';
  readonly value: string;
}

/** Holds for strings that are, start with or end with one choice from each of `alternatives`, in order. */
export interface IgnoreCaseCondition {
  readonly kind: 'equals-ignore-case' | 'prefix-ignore-case' | 'suffix-ignore-case';
  /** As written in the pattern. */
  readonly value: string;
  /**
   * For each UTF-16 code unit of `value` its one or two distinct spellings (lower, then upper). A spelling
   * may be longer than one unit, and no spelling starts or ends with another of the same unit, so there is
   * never a choice to take back.
   */
  readonly alternatives: readonly (readonly string[])[];
}

/** Holds for strings that are the segments in order, with any run of characters between neighbours. */
export interface WildcardCondition {
  readonly kind: 'wildcard';
  /** As written in the pattern, escapes included. */
  readonly value: string;
  /** The literal pieces around the stars, unescaped: one more than there are stars; any may be empty. */
  readonly segments: readonly string[];
}

/** Holds for comparable numbers between two bounds; an absent bound is infinite. */
export interface NumericCondition {
  readonly kind: 'numeric';
  readonly low: number;
  readonly lowIncluded: boolean;
  readonly high: number;
  readonly highIncluded: boolean;
}

/**
 * A block of addresses. AWS compares hexadecimal digits from the left, decides at the first digit that
 * settles it, and looks at neither the address family nor the JSON type: `withinBlock` in address.ts.
 */
export interface CidrCondition {
  readonly kind: 'cidr';
  /** As written in the pattern. */
  readonly value: string;
  /** The lowest and highest address, as upper-case hexadecimal digits: 8 each for IPv4, 32 for IPv6. */
  readonly low: string;
  readonly high: string;
}

/** `anything-but` strings: holds for any value that is none of these strings, whatever its type. */
export interface NotStringsCondition {
  readonly kind: 'not-strings';
  readonly values: readonly string[];
}

/** `anything-but` numbers: holds for any value that is not a comparable number equal to one of these. */
export interface NotNumbersCondition {
  readonly kind: 'not-numbers';
  readonly values: readonly number[];
}

/** `anything-but` an operator: holds for any value that satisfies none of these, so for all non-strings. */
export interface NoneOfCondition {
  readonly kind: 'none-of';
  /** All of one kind; at least one. */
  readonly conditions: readonly (AffixCondition | IgnoreCaseCondition | WildcardCondition)[];
}
