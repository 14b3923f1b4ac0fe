import type { Bus } from '../bus/bus.ts';
import type { Configuration } from '../bus/configuration.ts';
import { findApiDestination, settleAuthorization, watchConnections } from '../bus/connection-states.ts';
import type { SecretBox } from '../bus/secret-box.ts';
import { sendOn } from '../bus/send-on.ts';
import { TargetFinder } from '../bus/target-finder.ts';
import type { Config } from '../config.ts';
import { authorizeConnections } from '../deliver/connection-authorizer.ts';
import { ConnectionCredentials } from '../deliver/connection-credentials.ts';
import { CutOff } from '../deliver/cut-off.ts';
import { Dispatcher } from '../deliver/dispatcher.ts';
import { createEgress } from '../deliver/egress.ts';
import { OAuthTokens } from '../deliver/oauth-tokens.ts';
import { type TargetRules, Targets } from '../deliver/targets/index.ts';
import type { AuthorizationVerdict, SealedText } from '../domain/connection.ts';
import type { Timeline } from '../domain/timeline.ts';
import { parseStoreUrl } from '../store/jetstream/store-url.ts';
import type { Store } from '../store/store.ts';
import type { World } from './surroundings.ts';

/** What deliveries are made with and from. */
export interface DeliveryParts {
  readonly config: Config;
  readonly world: World;
  readonly configuration: Configuration;
  readonly store: Store;
  readonly bus: Bus;
  readonly secrets: SecretBox;
  readonly timeline: Timeline;
}

/** The rooms from owed to delivered, at work. */
export interface DeliveryRooms {
  readonly dispatcher: Dispatcher;
  readonly finder: TargetFinder;
  /** What PutTargets may accept. */
  readonly targetRules: TargetRules;
  /** From then on, epoch milliseconds, no attempt is waited for: what is under way stays owed. */
  stopAt(time: number): void;
  /** Lets attempts end. */
  close(): Promise<void>;
}

/** Wires delivery: connections, targets, and the dispatcher, which starts at once. */
export function startDelivery(parts: DeliveryParts): DeliveryRooms {
  const { config, world, configuration, store, bus, secrets, timeline } = parts;
  const { clock, log, limits, random, interceptor } = world;
  const targetRules = targetRulesOf(config);
  const authorizing = {
    log,
    egress: targetRules.egress,
    open: (sealed: SealedText) => secrets.open(sealed),
    report: (verdict: AuthorizationVerdict) =>
      settleAuthorization(verdict, { configuration, now: clock.now() }),
  };
  const tokens = new OAuthTokens({ ...authorizing, clock, timeoutMs: limits.invocationTimeoutMs });
  authorizeConnections((listener) => watchConnections(configuration, listener), tokens);

  const targets = new Targets({
    endpointOf: config.endpointOf,
    hasCredentials: config.hasCredentials,
    clock,
    log,
    ...targetRules,
    findApiDestination: (arn) => findApiDestination(arn, configuration),
    credentials: new ConnectionCredentials({ ...authorizing, tokens }),
    interceptor,
    sendOn: ({ event, owner, targetId }, { arn, roleArn }) =>
      sendOn({ event, owner, targetId, busArn: arn, roleArn }, { configuration, bus, clock }),
  });
  const finder = new TargetFinder(configuration.rules);
  const findTarget = (owner: string, targetId: string) => finder.find(owner, targetId);
  const cutOff = new CutOff();
  const dispatcher = new Dispatcher({
    store,
    clock,
    log,
    timeline,
    limits,
    random,
    targets,
    cutOff,
    findTarget,
  });
  let callOff: () => void = () => undefined;
  return {
    dispatcher,
    finder,
    targetRules,
    stopAt(time) {
      // Requests are aborted, processes killed.
      callOff = clock.at(time, () => cutOff.now());
    },
    async close() {
      await dispatcher.close();
      callOff();
      await tokens.close();
      targets.close();
    },
  };
}

function targetRulesOf(config: Config): TargetRules {
  return {
    egress: createEgress(config.privateTargets),
    fileFolders: config.fileTargets,
    commands: config.execTargets,
    reservedSubjects: config.store === undefined ? [] : [`${parseStoreUrl(config.store).name}.`],
    isInstalled,
  };
}

function isInstalled(packageName: string): boolean {
  try {
    import.meta.resolve(packageName);
    return true;
  } catch {
    return false;
  }
}
