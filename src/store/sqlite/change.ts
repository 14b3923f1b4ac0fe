import type { OwedEvent, Settlement } from '../../domain/delivery.ts';
import type { JsonConfigurationChange } from './configuration-table.ts';

/** One call that changes the store: what its caller's promise stands for. */
export type Change =
  | { readonly kind: 'append'; readonly events: readonly OwedEvent[] }
  | { readonly kind: 'settle'; readonly settlements: readonly Settlement[] }
  | { readonly kind: 'redrive'; readonly ids: readonly string[]; readonly now: number }
  | { readonly kind: 'trim'; readonly archive: string; readonly before: number; readonly max: number }
  | { readonly kind: 'probe' }
  | { readonly kind: 'configure'; readonly configuration: JsonConfigurationChange };

/** What became of one call of a group that was committed. */
export type Outcome =
  /** On disk. A redrive and a trim answer how many, a change of configuration its revision, the others 0. */
  | { readonly kind: 'kept'; readonly value: number }
  /** Nothing of it was kept. */
  | { readonly kind: 'refused'; readonly error: unknown };
