/** The account and region in which a resource lives: a dimension of every key, so that none can leak over. */
export interface Scope {
  /** Twelve digits. */
  readonly account: string;
  /** As AWS writes it, `us-east-1`. */
  readonly region: string;
}
