import { readConfig } from '../config.ts';
import { startBusbar } from '../main.ts';
import type { EventTypes } from './events.ts';
import { InvocationLog } from './invocation-log.ts';
import { StandIn } from './stand-in.ts';
import { TestBus } from './test-bus.ts';

export interface CreateTestBusOptions {
  /** The time at which the bus's clock stands until it is moved; left out, the machine's time now. */
  readonly startsAt?: Date;
  /** Twelve digits; the account of requests that name none. */
  readonly account?: string;
  /** The region of requests that name none. */
  readonly region?: string;
  /**
   * `stand-in`: every target takes its events without being there, event buses excepted; the default. `real`:
   * targets are invoked, and looked on at.
   */
  readonly targets?: 'stand-in' | 'real';
  /** For real targets: where to call AWS services, by the SDKs' name for them (`{ SQS: 'http://127.0.0.1:4566' }`). */
  readonly endpoints?: Readonly<Record<string, string>>;
}

/** Starts a bus for one test. */
export async function createTestBus<E extends object = EventTypes>(
  options: CreateTestBusOptions = {},
): Promise<TestBus<E>> {
  const { startsAt, account, region, targets = 'stand-in', endpoints = {} } = options;
  const args = ['--port=0', '--memory', '--relaxed', '--log=error'];
  args.push(`--clock=${startsAt === undefined ? 'hand' : `hand@${startsAt.toISOString()}`}`);
  if (account !== undefined) args.push(`--account=${account}`);
  if (region !== undefined) args.push(`--region=${region}`);
  const config = { ...readConfig(args, {}), endpointOf: (service: string) => endpoints[service] };

  const log = new InvocationLog<E>();
  const standIn = new StandIn<E>(log, targets === 'real');
  const bus = await startBusbar(config, { interceptor: standIn });
  const mover = bus.clock;
  if (mover === undefined) throw new Error('A test bus has a clock that is moved by hand.');
  standIn.tellTime(() => mover.now());
  return new TestBus({ bus, mover, log, standIn });
}
