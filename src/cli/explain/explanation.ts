/** What `POST /_busbar/explain` answers for an event. */
export interface ExplainedEvent {
  readonly eventBusArn?: string;
  readonly ruleCount: number;
  readonly matchCount: number;
  /** The nearest come first. */
  readonly rules: readonly ExplainedRule[];
}

/** Why a rule matches an event, or does not. */
export interface ExplainedRule {
  readonly ruleArn: string;
  readonly ruleName: string;
  readonly eventBusArn: string;
  readonly matches: boolean;
  readonly obstacles: readonly { readonly kind: string; readonly reason: string }[];
  readonly explanation?: Explanation;
}

/** How an event stands to a pattern. */
export interface Explanation {
  readonly matched: boolean;
  readonly conflict?: unknown;
  readonly fields: readonly ExplainedField[];
}

/** How an event stands to one leaf of a pattern. */
export interface ExplainedField {
  readonly path: string;
  readonly verdict: string;
  readonly expected: string;
  readonly values: readonly { readonly location: string; readonly text: string; readonly holds: boolean }[];
  readonly reason: string;
}

/** What it answers for a pattern. */
export interface ExplainedPattern {
  readonly valid: boolean;
  /** Why it is not valid. */
  readonly message?: string;
  readonly hint?: string;
  /** What it means, in words. */
  readonly text?: string;
  readonly complexity?: number;
  readonly complexityLimit?: number;
  readonly canMatch?: boolean;
  readonly contradictions?: readonly {
    readonly path: string;
    readonly reason: string;
    readonly hint?: string;
  }[];
  /** Beside an event. */
  readonly matches?: boolean;
  readonly explanation?: Explanation;
}
