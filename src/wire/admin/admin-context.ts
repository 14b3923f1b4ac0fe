import type { ActionContext } from '../../actions/action.ts';
import type { Target } from '../../api-model/types.generated.ts';
import type { ArchiveTransfer } from '../../bus/archive-transfer.ts';
import type { ClockMover } from '../../bus/clock-mover.ts';
import type { Configuration } from '../../bus/configuration.ts';
import type { FailedDeliveries } from '../../bus/failed-deliveries.ts';
import type { Redrives } from '../../bus/redrives.ts';
import type { Rehearsal } from '../../bus/replay-rehearsal.ts';
import type { Clock } from '../../domain/clock.ts';
import type { DeliveryError, OwedDelivery } from '../../domain/delivery.ts';
import type { Limits } from '../../domain/limits.ts';
import type { Replay } from '../../domain/replay.ts';
import type { Scope } from '../../domain/scope.ts';
import type { TimelineLog } from '../../domain/timeline.ts';
import type { TailReaders } from './tail-readers.ts';

/** How many deliveries there are. */
export interface DeliveriesNow {
  readonly owed: number;
  readonly failed: number;
  /** Attempts that have begun and are not settled yet. */
  readonly underWay: number;
}

/** Why the store keeps nothing at the moment. */
export interface StoreTrouble {
  /** One word for it. */
  readonly problem: string;
  /** A sentence that everybody may read. */
  readonly message: string;
  readonly advice: string;
  /** Epoch milliseconds. */
  readonly since: number;
  /** Calls that failed since then. */
  readonly failures: number;
}

/** A target that failed again and again, and is asked less often until it answers. */
export interface PausedQueue extends OwedDelivery {
  /** Epoch milliseconds: it is not asked before. */
  readonly until: number;
  /** Attempts that failed, one after the other. */
  readonly failures: number;
  /** The last of them. */
  readonly error: DeliveryError;
}

/** What never changes while the process runs. */
export interface Installed {
  /** Of Busbar. */
  readonly version: string;
  /** Tells this process from others that serve, or served, the same store. */
  readonly process: string;
  readonly store: 'memory' | 'sqlite' | 'jetstream';
  /** Epoch milliseconds. */
  readonly startedAt: number;
}

/** What the routes of Busbar's own API work with. */
export interface AdminContext {
  readonly installed: Installed;
  readonly configuration: Configuration;
  readonly timeline: TimelineLog;
  readonly clock: Clock;
  /** What callers wait by. */
  readonly callersClock: Clock;
  /** Undefined where the clock is the machine's. */
  readonly clockMover: ClockMover | undefined;
  readonly limits: Limits;
  readonly tailReaders: TailReaders;
  readonly failedDeliveries: FailedDeliveries;
  readonly redrives: Redrives;
  /** The target as it is configured now; undefined when it, or its owner, is gone. */
  readonly findTarget: (owner: string, targetId: string) => Target | undefined;
  /** Of all accounts, or of the owners of which `isWanted` says so. */
  readonly countDeliveries: (isWanted?: (owner: string) => boolean) => Promise<DeliveriesNow>;
  /** Looks whether the store keeps what is written; undefined when it does. */
  readonly storeTrouble: () => Promise<StoreTrouble | undefined>;
  readonly pausedQueues: () => readonly PausedQueue[];
  /** All figures in Prometheus' text format. */
  readonly metricsText: (now: DeliveriesNow & { readonly storeFails: boolean }) => string;
  /** What actions work with, for an account and Region. */
  readonly contextFor: (scope: Scope) => ActionContext;
  readonly archives: ArchiveTransfer;
  /** What a replay would do. */
  readonly rehearse: (replay: Replay, signal: AbortSignal) => Promise<Rehearsal>;
}
