import type { ErrorCode } from '../domain/errors.ts';

interface HttpError {
  readonly status: number;
  /** Whose fault it is: ours are worth a log entry, and worth a retry by the client. */
  readonly fault: 'caller' | 'server';
}

/** The one place where an error code becomes HTTP. AWS answers everything that it models with 400. */
export const errorTable: Readonly<Record<ErrorCode, HttpError>> = {
  AccessDeniedException: { status: 400, fault: 'caller' },
  ConcurrentModificationException: { status: 400, fault: 'caller' },
  IllegalStatusException: { status: 400, fault: 'caller' },
  IncompleteSignatureException: { status: 400, fault: 'caller' },
  InternalException: { status: 500, fault: 'server' },
  InvalidEventPatternException: { status: 400, fault: 'caller' },
  InvalidSignatureException: { status: 400, fault: 'caller' },
  InvalidStateException: { status: 400, fault: 'caller' },
  LimitExceededException: { status: 400, fault: 'caller' },
  ManagedRuleException: { status: 400, fault: 'caller' },
  MissingAuthenticationTokenException: { status: 400, fault: 'caller' },
  OperationDisabledException: { status: 400, fault: 'caller' },
  PolicyLengthExceededException: { status: 400, fault: 'caller' },
  RequestEntityTooLargeException: { status: 413, fault: 'caller' },
  ResourceAlreadyExistsException: { status: 400, fault: 'caller' },
  ResourceNotFoundException: { status: 400, fault: 'caller' },
  SerializationException: { status: 400, fault: 'caller' },
  ThrottlingException: { status: 400, fault: 'caller' },
  UnknownOperationException: { status: 400, fault: 'caller' },
  UnrecognizedClientException: { status: 400, fault: 'caller' },
  ValidationException: { status: 400, fault: 'caller' },
};
