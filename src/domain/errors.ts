/**
 * Everything that a request can be refused with: a closed list. `src/wire/error-table.ts` turns each into
 * HTTP. Anything else that is thrown is a defect of ours, and is answered as InternalException.
 */
export type ErrorCode =
  | 'AccessDeniedException'
  | 'ConcurrentModificationException'
  | 'IllegalStatusException'
  | 'IncompleteSignatureException'
  | 'InternalException'
  | 'InvalidEventPatternException'
  | 'InvalidSignatureException'
  | 'InvalidStateException'
  | 'LimitExceededException'
  | 'ManagedRuleException'
  | 'MissingAuthenticationTokenException'
  | 'OperationDisabledException'
  | 'PolicyLengthExceededException'
  | 'RequestEntityTooLargeException'
  | 'ResourceAlreadyExistsException'
  | 'ResourceNotFoundException'
  | 'SerializationException'
  | 'ThrottlingException'
  | 'UnknownOperationException'
  | 'UnrecognizedClientException'
  | 'ValidationException';

/** A refusal that the caller sees: AWS's error code with AWS's wording. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
