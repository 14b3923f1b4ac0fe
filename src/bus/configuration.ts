import type { ApiDestination } from '../domain/api-destination.ts';
import type { Archive, ArchiveRemoval } from '../domain/archive.ts';
import type { Connection } from '../domain/connection.ts';
import type { Endpoint } from '../domain/endpoint.ts';
import { DEFAULT_BUS, type EventBus } from '../domain/event-bus.ts';
import type { PartnerEventSource } from '../domain/partner-event-source.ts';
import type { Replay } from '../domain/replay.ts';
import type { Rule } from '../domain/rule.ts';
import type { Scope } from '../domain/scope.ts';
import type { Store } from '../store/store.ts';
import { Collection, type Place } from './collection.ts';
import { Turns } from './turns.ts';

/** What a store remembers of its first start. */
export interface Installation {
  /** Epoch milliseconds; the creation time of event buses that nobody created. */
  readonly createdAt: number;
  /** Signs page tokens, base64. */
  readonly pageTokenKey: string;
}

const INSTALLATION: Place = { parent: 'store', name: 'this' };

/** Everything that users have configured, read from the store once and followed from then on. */
export class Configuration {
  readonly eventBuses: Collection<EventBus>;
  readonly rules: Collection<Rule>;
  readonly archives: Collection<Archive>;
  /** By the ids of the archives. */
  readonly archiveRemovals: Collection<ArchiveRemoval>;
  readonly replays: Collection<Replay>;
  readonly connections: Collection<Connection>;
  readonly apiDestinations: Collection<ApiDestination>;
  readonly endpoints: Collection<Endpoint>;
  readonly partnerEventSources: Collection<PartnerEventSource>;
  readonly #installations: Collection<Installation>;

  private constructor(store: Store) {
    const turns = new Turns();
    this.eventBuses = new Collection('event-bus', store, turns);
    this.rules = new Collection('rule', store, turns);
    this.archives = new Collection('archive', store, turns);
    this.archiveRemovals = new Collection('archive-removal', store, turns);
    this.replays = new Collection('replay', store, turns);
    this.connections = new Collection('connection', store, turns);
    this.apiDestinations = new Collection('api-destination', store, turns);
    this.endpoints = new Collection('endpoint', store, turns);
    this.partnerEventSources = new Collection('partner-event-source', store, turns);
    this.#installations = new Collection('installation', store, turns);
  }

  /** Loads all configuration. On the first start of a store, it keeps what `born` gives for ever. */
  static async load(store: Store, born: Installation): Promise<Configuration> {
    const configuration = new Configuration(store);
    const collections = new Map<string, Pick<Collection<unknown>, 'apply'>>(
      configuration.#collections.map((collection) => [collection.kind, collection]),
    );
    // Watching comes before reading: a change in between is then seen twice, never not at all.
    store.watchConfiguration((event) => collections.get(event.record.kind)?.apply(event));
    for (const record of await store.readConfiguration()) {
      collections.get(record.kind)?.apply({ kind: 'put', record });
    }
    await configuration.#installations.change(INSTALLATION, (current) => current ?? born);
    return configuration;
  }

  get #collections(): readonly Pick<Collection<unknown>, 'kind' | 'apply'>[] {
    return [
      this.eventBuses,
      this.rules,
      this.archives,
      this.archiveRemovals,
      this.replays,
      this.connections,
      this.apiDestinations,
      this.endpoints,
      this.partnerEventSources,
      this.#installations,
    ];
  }

  /** What was settled at the first start of this store. */
  get installation(): Installation {
    const installation = this.#installations.get(INSTALLATION);
    if (installation === undefined) throw new Error('The configuration is not loaded.');
    return installation;
  }

  /** The event bus of that name; the default one exists without having been created. */
  eventBus(scope: Scope, name: string): EventBus | undefined {
    return this.eventBuses.get(busPlace(scope, name)) ?? this.#defaultBus(name);
  }

  /** All event buses of an account and region in order of their names. */
  listEventBuses(scope: Scope): readonly EventBus[] {
    const buses = this.eventBuses.list(scopeKey(scope));
    if (buses.some((bus) => bus.name === DEFAULT_BUS)) return buses;
    const own = this.#defaultBus(DEFAULT_BUS);
    return own === undefined ? buses : [...buses, own].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  rule(scope: Scope, busName: string, name: string): Rule | undefined {
    return this.rules.get(rulePlace(scope, busName, name));
  }

  /** The rules of an event bus in order of their names. */
  listRules(scope: Scope, busName: string): readonly Rule[] {
    return this.rules.list(busKey(scope, busName));
  }

  archive(scope: Scope, name: string): Archive | undefined {
    return this.archives.get(archivePlace(scope, name));
  }

  /** The archives of an account and region in order of their names. */
  listArchives(scope: Scope): readonly Archive[] {
    return this.archives.list(scopeKey(scope));
  }

  replay(scope: Scope, name: string): Replay | undefined {
    return this.replays.get(replayPlace(scope, name));
  }

  /** The replays of an account and region in order of their names. */
  listReplays(scope: Scope): readonly Replay[] {
    return this.replays.list(scopeKey(scope));
  }

  connection(scope: Scope, name: string): Connection | undefined {
    return this.connections.get(placeIn(scope, name));
  }

  /** The connections of an account and region in order of their names. */
  listConnections(scope: Scope): readonly Connection[] {
    return this.connections.list(scopeKey(scope));
  }

  apiDestination(scope: Scope, name: string): ApiDestination | undefined {
    return this.apiDestinations.get(placeIn(scope, name));
  }

  /** The API destinations of an account and region in order of their names. */
  listApiDestinations(scope: Scope): readonly ApiDestination[] {
    return this.apiDestinations.list(scopeKey(scope));
  }

  endpoint(scope: Scope, name: string): Endpoint | undefined {
    return this.endpoints.get(placeIn(scope, name));
  }

  /** The endpoints of an account and region in order of their names. */
  listEndpoints(scope: Scope): readonly Endpoint[] {
    return this.endpoints.list(scopeKey(scope));
  }

  /** The partner event source that is offered to an account under a name. */
  partnerEventSource(scope: Scope, name: string): PartnerEventSource | undefined {
    return this.partnerEventSources.get(partnerEventSourcePlace(scope, name));
  }

  /** All partner event sources of a region in order of the accounts they are offered to, then of their names. */
  listPartnerEventSources(region: string): readonly PartnerEventSource[] {
    return this.partnerEventSources.list(region);
  }

  #defaultBus(name: string): EventBus | undefined {
    if (name !== DEFAULT_BUS) return undefined;
    const { createdAt } = this.installation;
    return { name, tags: [], createdAt, modifiedAt: createdAt };
  }
}

function scopeKey(scope: Scope): string {
  return `${scope.account}:${scope.region}`;
}

/** What rules, matchers and events of one event bus are filed under. */
function busKey(scope: Scope, busName: string): string {
  return `${scope.account}:${scope.region}:${busName}`;
}

/** The account and region of what is kept there; not of partner event sources, which only a region files. */
export function scopeOf({ parent }: Place): Scope {
  const [account = '', region = ''] = parent.split(':');
  return { account, region };
}

/** The event bus of a rule that is kept there. */
export function busOfRule(place: Place): { readonly scope: Scope; readonly busName: string } {
  const [, , busName = ''] = place.parent.split(':');
  return { scope: scopeOf(place), busName };
}

export function busPlace(scope: Scope, busName: string): Place {
  return { parent: scopeKey(scope), name: busName };
}

export function rulePlace(scope: Scope, busName: string, ruleName: string): Place {
  return { parent: busKey(scope, busName), name: ruleName };
}

export function archivePlace(scope: Scope, archiveName: string): Place {
  return { parent: scopeKey(scope), name: archiveName };
}

export function replayPlace(scope: Scope, replayName: string): Place {
  return { parent: scopeKey(scope), name: replayName };
}

/** Filed under the region alone, for the partner who looks is not the account to which a source is offered. */
export function partnerEventSourcePlace(scope: Scope, sourceName: string): Place {
  return { parent: scope.region, name: `${scope.account}/${sourceName}` };
}

/** Where a connection, an API destination or an endpoint of that name is kept. */
export function placeIn(scope: Scope, name: string): Place {
  return { parent: scopeKey(scope), name };
}
