import { JsonTextError, parseJson } from '../parameters/json-text.ts';
import { type ParameterValue, plainObjects } from '../parameters/parameter-value.ts';
import { pythonText } from '../python-text.ts';
import type { HttpAnswer } from './http-answer.ts';

/** What an answer other than success says. */
export interface Fault {
  readonly code: string;
  readonly message: string;
}

// Codes that mean "slow down", and those that mean "the request got lost".
const RETRIED_CODES = new Set([
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'RequestThrottledException',
  'TooManyRequestsException',
  'ProvisionedThroughputExceededException',
  'TransactionInProgressException',
  'RequestLimitExceeded',
  'BandwidthLimitExceeded',
  'LimitExceededException',
  'RequestThrottled',
  'SlowDown',
  'PriorRequestNotComplete',
  'EC2ThrottledException',
  'RequestTimeout',
  'RequestTimeoutException',
]);
const RETRIED_STATUS = new Set([500, 502, 503, 504]);

/** Whether the standard retry mode asks again after this fault. */
export function isRetried(status: number, fault: Fault): boolean {
  return RETRIED_STATUS.has(status) || RETRIED_CODES.has(fault.code);
}

/**
 * The fault in an error's answer: the code from `__type` (behind its `#`) or the header, else the status; the
 * message from `message` or `Message`, else the body as it is.
 */
export function faultOf(answer: HttpAnswer): Fault {
  const status = String(answer.status);
  const body = answer.body.trim();
  if (answer.status >= 500 && (body === '' || body.startsWith('<html>'))) {
    return { code: status, message: STATUS_TEXTS[status] ?? '' };
  }
  const fields = jsonObject(answer.body) ?? new Map<string, ParameterValue>([['message', answer.body]]);
  const type = fields.get('__type') ?? answer.headers['x-amzn-errortype'] ?? status;
  const code = String(type).split(':')[0] ?? '';
  const message = fields.has('message') ? fields.get('message') : fields.get('Message');
  return {
    code: code.slice(code.lastIndexOf('#') + 1),
    message: pythonText(plainObjects(message === undefined ? '' : message)),
  };
}

/** The object that a body holds; an empty body is an empty object, anything else undefined. */
export function jsonObject(body: string): ReadonlyMap<string, ParameterValue> | undefined {
  if (body === '') return new Map();
  try {
    const value = parseJson(body);
    return value instanceof Map ? value : undefined;
  } catch (error) {
    if (error instanceof JsonTextError) return undefined;
    throw error;
  }
}

const STATUS_TEXTS: Readonly<Record<string, string>> = {
  '500': 'Internal Server Error',
  '501': 'Not Implemented',
  '502': 'Bad Gateway',
  '503': 'Service Unavailable',
  '504': 'Gateway Timeout',
};
