/**
 * Busbar in a process of your own: the bus that `busbar start` runs, for tests and for embedding.
 *
 * @example
 * import { createBus } from 'busbar';
 *
 * const bus = await createBus();
 * // … point any EventBridge client at bus.url …
 * await bus.close();
 */
import { readConfig } from './config.ts';
import { type RunningBus, startBusbar } from './main.ts';

export type { RunningBus } from './main.ts';

export interface BusOptions {
  /** Folder of the embedded database; left out, everything is kept in memory. */
  readonly data?: string;
  /** URL of a store in NATS, `nats://HOST:PORT/NAME`, in place of the database; `data` then holds `secret.key` alone. */
  readonly store?: string;
  /** Port on 127.0.0.1; left out, or 0, any free one. */
  readonly port?: number;
  /** Twelve digits; the account of requests that name none. */
  readonly account?: string;
  /** The region of requests that name none. */
  readonly region?: string;
  /**
   * `hand` for a clock that stands still until the bus's `clock` moves it, from the machine's time on, or from
   * the time that a Date names; left out, the machine's clock.
   */
  readonly clock?: 'hand' | Date;
  /** How much to say on standard error; left out, only errors. */
  readonly log?: 'info' | 'warn' | 'error' | 'off';
  /** Where to call AWS services, by the SDKs' name for them (`{ SQS: 'http://127.0.0.1:4566' }`). */
  readonly endpoints?: Readonly<Record<string, string>>;
}

/** Starts a bus in this process and resolves when it takes requests at its `url`. */
export async function createBus(options: BusOptions = {}): Promise<RunningBus> {
  const { data, store, port = 0, account, region, clock, log = 'error', endpoints = {} } = options;
  const args = [`--port=${port}`, `--log=${log}`];
  if (data === undefined && store === undefined) args.push('--memory');
  if (data !== undefined) args.push(`--data=${data}`);
  if (store !== undefined) args.push(`--store=${store}`);
  if (account !== undefined) args.push(`--account=${account}`);
  if (region !== undefined) args.push(`--region=${region}`);
  if (clock !== undefined) args.push(`--clock=${clock === 'hand' ? clock : `hand@${clock.toISOString()}`}`);
  const config = readConfig(args, {});
  return startBusbar({ ...config, endpointOf: (service) => endpoints[service] });
}
