import type { DeadLetterConfig, LogConfig, Tag } from '../api-model/types.generated.ts';

/** Every account has one in every region, from the beginning and for ever. */
export const DEFAULT_BUS = 'default';

/** An event bus as it is kept. Its name is unique in its account and region. */
export interface EventBus {
  readonly name: string;
  readonly description?: string | undefined;
  readonly kmsKeyIdentifier?: string | undefined;
  readonly deadLetterConfig?: DeadLetterConfig | undefined;
  readonly logConfig?: LogConfig | undefined;
  /** Resource policy as JSON text; undefined when there is none. */
  readonly policy?: string | undefined;
  readonly tags: readonly Tag[];
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** Epoch milliseconds. */
  readonly modifiedAt: number;
}
