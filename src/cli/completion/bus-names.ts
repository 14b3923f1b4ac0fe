import { loadAwsConfig } from '../aws/aws-config.ts';
import { findEndpoint, findRegion, isOnThisMachine } from '../aws/endpoint.ts';
import { BusClient } from '../bus/bus-client.ts';
import type { CommandIo } from '../command-io.ts';
import { parseGlobalOptions } from '../global-options.ts';
import type { NameKind } from './completed-option.ts';

// Who presses the key waits for the answer.
const PATIENCE_SECONDS = '1';

/** What a question for names may need: the options that the line gives already, by their flags. */
export type GivenOptions = ReadonlyMap<string, string>;

/**
 * Names that the bus knows, in its order. None when no bus answers within a second or two. Only a bus on this
 * machine is asked: a key that is pressed should send nothing over a network, and ask nobody for credentials.
 */
export async function busNames(
  kind: NameKind,
  given: GivenOptions,
  io: CommandIo,
): Promise<readonly string[]> {
  let client: BusClient | undefined;
  try {
    client = await clientOf(given, io);
    return client === undefined ? [] : await namesOf(kind, given, client);
  } catch {
    return [];
  } finally {
    client?.close();
  }
}

async function clientOf(given: GivenOptions, io: CommandIo): Promise<BusClient | undefined> {
  const line = ['--endpoint-url', '--region', '--profile'].flatMap((flag) => {
    const value = given.get(flag);
    return value === undefined ? [] : [flag, value];
  });
  const { options } = parseGlobalOptions([...line, 'events'], ['events']);
  const config = loadAwsConfig(io, options);
  const endpoint = findEndpoint(options, config, io);
  if (!isOnThisMachine(endpoint.url)) return undefined;
  const region = findRegion(options, config, { env: io.env, endpoint });
  const { AWS_ACCESS_KEY_ID: id = 'busbar', AWS_SECRET_ACCESS_KEY: secret = 'busbar' } = io.env;
  return BusClient.connect(
    {
      ...options,
      profile: undefined,
      endpointUrl: endpoint.url.href,
      region,
      connectTimeout: PATIENCE_SECONDS,
      readTimeout: PATIENCE_SECONDS,
    },
    quiet(io.cwd, { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, HOME: '/nonexistent' }),
  );
}

// It reads nothing and says nothing: what it writes would stand in the line that somebody is typing.
function quiet(cwd: string, env: CommandIo['env']): CommandIo {
  const nowhere = { write: () => undefined };
  return { stdin: (async function* () {})(), stdout: nowhere, stderr: nowhere, cwd, env };
}

async function namesOf(kind: NameKind, given: GivenOptions, client: BusClient): Promise<readonly string[]> {
  const bus = given.get('--event-bus-name') ?? given.get('--bus');
  const names = async (operation: string, member: string, name: string, input: object = {}) => {
    const items = await client.list<Readonly<Record<string, unknown>>>(operation, member, input);
    return items.flatMap((item) => (typeof item[name] === 'string' ? [item[name]] : []));
  };
  switch (kind) {
    case 'event buses':
      return names('ListEventBuses', 'EventBuses', 'Name');
    case 'event bus ARNs':
      return names('ListEventBuses', 'EventBuses', 'Arn');
    case 'rules':
      return names('ListRules', 'Rules', 'Name', { EventBusName: bus });
    case 'targets':
      return names('ListTargetsByRule', 'Targets', 'Id', { EventBusName: bus, Rule: given.get('--rule') });
    case 'archives':
      return names('ListArchives', 'Archives', 'ArchiveName');
    case 'replays':
      return names('ListReplays', 'Replays', 'ReplayName');
    case 'connections':
      return names('ListConnections', 'Connections', 'Name');
    case 'connection ARNs':
      return names('ListConnections', 'Connections', 'ConnectionArn');
    case 'API destinations':
      return names('ListApiDestinations', 'ApiDestinations', 'Name');
    case 'endpoints':
      return names('ListEndpoints', 'Endpoints', 'Name');
    case 'event sources':
      return names('ListEventSources', 'EventSources', 'Name');
  }
}
