/**
 * An expression that can't be read, or that asks for what can't be computed. The message is the one that the
 * AWS CLI shows; the caller knows which of the two it is.
 */
export class QueryError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'QueryError';
  }
}
