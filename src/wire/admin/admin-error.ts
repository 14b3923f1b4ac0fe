/** A refusal by Busbar's own API: an HTTP status and a sentence for the caller. */
export class AdminError extends Error {
  override readonly name = 'AdminError';
  readonly status: 400 | 404 | 405 | 409 | 429 | 503;

  constructor(status: AdminError['status'], message: string) {
    super(message);
    this.status = status;
  }
}
