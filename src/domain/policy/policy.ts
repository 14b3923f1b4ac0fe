/** Whether a statement opens or closes. */
export type Effect = 'Allow' | 'Deny';

/** What a statement names; with `except`, everything but that. */
export interface Selection<T> {
  readonly except: boolean;
  readonly values: readonly T[];
}

/** Somebody whom a statement names: `AWS` and an account, `Service` and a host name, `*` and `*`. */
export interface PrincipalName {
  readonly kind: string;
  readonly value: string;
}

/** One line of a Condition element. It holds when the request's value compares to one of `values`. */
export interface Condition {
  /** As it is written: `StringLike`, `ForAllValues:StringEquals`, `BoolIfExists`. */
  readonly operator: string;
  /** In lower case: condition keys know no case. */
  readonly key: string;
  readonly values: readonly string[];
}

/** One statement. It speaks of a request when all of its parts do. */
export interface Statement {
  readonly sid: string | undefined;
  readonly effect: Effect;
  readonly principals: Selection<PrincipalName>;
  readonly actions: Selection<string>;
  readonly resources: Selection<string>;
  readonly conditions: readonly Condition[];
}

/**
 * A resource policy as it is evaluated: who may do what to the resource that carries it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export interface Policy {
  /** Policies of 2008 know no variables. */
  readonly version: '2008-10-17' | '2012-10-17';
  readonly statements: readonly Statement[];
}
