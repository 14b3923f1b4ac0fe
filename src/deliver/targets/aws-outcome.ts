import { retryAfterMs } from './retry-after.ts';
import { type FailedOutcome, permanent, retryable } from './target-kind.ts';

/** Where an error of an AWS service came up. */
export interface AwsErrorContext {
  /** For people: `Amazon SNS`. */
  readonly service: string;
  /** The invocation's. */
  readonly signal: AbortSignal;
  /** Names of errors that mean, for this service alone, that the request will never be taken. */
  readonly refusals?: ReadonlySet<string>;
  /** Epoch milliseconds, for a Retry-After that is a date. */
  readonly now: number;
}

const MISSING = new Set([
  'AWS.SimpleQueueService.NonExistentQueue',
  'AutomationDefinitionNotFoundException',
  'ClusterNotFoundException',
  'EntityNotFoundException',
  'InvalidDocument',
  'NoSuchEntityException',
  'NotFound',
  'NotFoundException',
  'PipelineNotFoundException',
  'QueueDoesNotExist',
  'ResourceNotFound',
  'ResourceNotFoundException',
  'StateMachineDeleting',
  'StateMachineDoesNotExist',
]);

const DENIED =
  /^(AccessDenied|AuthorizationError|OpsItemAccessDenied|InvalidClientTokenId|UnrecognizedClient|InvalidKMSResource|KMS(AccessDenied|Disabled|InvalidState|NotFound|OptInRequired|InvalidKeyUsage))/i;

// What a service says of the request itself, which will be the same the next time.
const REFUSED = new Set([
  'BatchRequestTooLong',
  'BatchRequestTooLongException',
  'InvalidAddress',
  'InvalidArgumentException',
  'InvalidArn',
  'InvalidAttributeName',
  'InvalidAttributeValue',
  'InvalidExecutionInput',
  'InvalidInputException',
  'InvalidMessageContents',
  'InvalidName',
  'InvalidParameter',
  'InvalidParameterCombination',
  'InvalidParameterException',
  'InvalidParameterValue',
  'InvalidParameterValueException',
  'InvalidRequestContentException',
  'MessageTooLong',
  'MissingParameter',
  'MissingRequiredParameter',
  'RecursiveInvocationException',
  'RequestTooLargeException',
  'SerializationException',
  'SerializedRequestEntityTooLargeException',
  'UnsupportedMediaTypeException',
  'UnsupportedOperation',
  'AWS.SimpleQueueService.UnsupportedOperation',
  'ValidationError',
  'ValidationException',
]);

const THROTTLED =
  /^(Throttl|RequestThrottled|RequestLimitExceeded|TooManyRequests|OverLimit|LimitExceeded|ServiceQuotaExceeded|ProvisionedThroughputExceeded|ExecutionLimitExceeded|EC2Throttled|KMSThrott|AccountLimitExceeded|Active\w+Exceeded|AutomationExecutionLimitExceeded|ConcurrentPipelineExecutionsLimitExceeded|ConcurrentRunsExceeded|OpsItemLimitExceeded|ResourceLimitExceeded|ResourceNumberLimitExceeded)/i;

/**
 * What an error means that an SDK client threw. Whatever is not known to be the last word may pass: credentials
 * that ran out, a clock that is off, a proxy in between. A delivery that is tried too often costs less than one
 * that is given up too soon.
 */
export function outcomeOfAwsError(error: unknown, context: AwsErrorContext): FailedOutcome {
  if (context.signal.aborted) return retryable('TIMEOUT', `${context.service} did not answer in time.`);
  const { name, message, $metadata, $response }: Partial<AwsError> = error instanceof Error ? error : {};
  // The machine has none yet, or what hands them out is away.
  if (name === 'CredentialsProviderError') return retryable('NO_PERMISSIONS', `${name}: ${message}`);
  // Older clients leave out the first where the answer is not JSON.
  const status = $metadata?.httpStatusCode ?? $response?.statusCode;
  if (name === undefined || status === undefined) {
    return retryable('CONNECTION_FAILURE', `${context.service}: ${message ?? String(error)}`);
  }
  // A page of a proxy, for one: what the SDK says of it is for programmers.
  const outcome =
    error instanceof SyntaxError || error instanceof TypeError
      ? outcomeOfErrorName('UnreadableAnswer', { message: `${context.service} answered ${status}.`, status })
      : outcomeOfErrorName(name, { message: message ?? '', status, refusals: context.refusals });
  const answer = { status, response: undefined }; // the outcome's error says what it says
  if (outcome.kind === 'permanent') return { ...outcome, answer };
  return {
    ...outcome,
    answer,
    retryAfterMs: retryAfterMs($response?.headers?.['retry-after'], context.now),
  };
}

/** What an error means by its name: of a whole request, or of one entry among those of a batch. */
export function outcomeOfErrorName(name: string, { message, status, refusals }: NamedError): FailedOutcome {
  const text = `${name}: ${message}`;
  if (MISSING.has(name)) return permanent('NO_RESOURCE', text);
  if (DENIED.test(name)) return permanent('NO_PERMISSIONS', text);
  // 413 is all that a proxy may say of an entry that is too long.
  if (REFUSED.has(name) || refusals?.has(name) || status === 413) return permanent('SDK_CLIENT_ERROR', text);
  if (THROTTLED.test(name) || status === 429) return retryable('THROTTLING', text);
  return retryable(status >= 500 ? 'SERVER_ERROR' : 'SDK_CLIENT_ERROR', text);
}

interface NamedError {
  readonly message: string;
  readonly status: number;
  readonly refusals?: ReadonlySet<string> | undefined;
}

/** What the SDKs put into their errors where an answer came. */
interface AwsError extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly statusCode?: number; readonly headers?: Readonly<Record<string, string>> };
}
