import type { ParameterValue } from '../parameters/parameter-value.ts';

/** A query once it is read. */
export type Expression =
  | { readonly kind: 'current' }
  | { readonly kind: 'literal'; readonly value: ParameterValue }
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | Slice
  /** `second` of what `first` finds. */
  | { readonly kind: 'chain'; readonly first: Expression; readonly second: Expression }
  /** `each` of every item of a list (of an object's values), as far as it finds something. */
  | Projection
  | { readonly kind: 'flatten'; readonly list: Expression }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'object'; readonly members: readonly (readonly [name: string, value: Expression])[] }
  | { readonly kind: 'or' | 'and'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'not'; readonly operand: Expression }
  | Comparison
  | { readonly kind: 'reference'; readonly expression: Expression }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] };

/** A part of a list; undefined bounds are those of the list. */
export interface Slice {
  readonly kind: 'slice';
  readonly start: number | undefined;
  readonly stop: number | undefined;
  readonly step: number | undefined;
}

export interface Projection {
  readonly kind: 'projection';
  readonly over: 'items' | 'values';
  readonly base: Expression;
  readonly each: Expression;
  /** Items for which it finds nothing are left out. */
  readonly condition?: Expression;
}

export interface Comparison {
  readonly kind: 'comparison';
  readonly operator: 'eq' | 'ne' | 'lt' | 'lte' | 'gt' | 'gte';
  readonly left: Expression;
  readonly right: Expression;
}

export const CURRENT: Expression = { kind: 'current' };
