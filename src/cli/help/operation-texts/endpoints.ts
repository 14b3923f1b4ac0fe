import type { Chapter } from './operation-text.ts';
import { DESCRIPTION, DESCRIPTION_CHANGED, LIMIT, NAME_PREFIX, NEXT_TOKEN } from './shared-texts.ts';

const ROUTING =
  'Which Region events go to, and which one when that is not well. Busbar always takes events in at the primary Region.';
const REPLICATION = 'Whether the event bus of the secondary Region gets each event too.';
const BUSES =
  'Two event buses of the same name and of this account, one in the Region of the request, which is the primary one, and one in the secondary Region.';
const ROLE = 'The IAM role that replication works with, which needs one.';
const HOME = 'The Region that the endpoint was made in. Left out, it is the Region of the request.';

/** Global endpoints. */
export const endpoints: Chapter = {
  title: 'Global endpoints',
  operations: {
    'create-endpoint': {
      about:
        'Creates a global endpoint: two event buses of the same name in two Regions that put-events reaches under one id (EndpointId), so that the second can stand in for the first. It fails when there is one of that name, and when the two event buses do not fit together.',
      examples: [
        ['everything from a file', 'create-endpoint --cli-input-json file://endpoint.json'],
        ['a sample of that file; nothing is sent', 'create-endpoint --generate-cli-skeleton'],
      ],
      options: {
        Name: 'Its name: letters, digits, dots, dashes and underscores.',
        Description: DESCRIPTION,
        RoutingConfig: ROUTING,
        ReplicationConfig: `${REPLICATION} Left out, it does, and then there must be a RoleArn.`,
        EventBuses: BUSES,
        RoleArn: `${ROLE} Left out, there is none.`,
      },
    },
    'describe-endpoint': {
      about:
        'Shows a global endpoint: its EndpointId, which put-events takes, its event buses, routing, replication and state. It fails when there is no such endpoint.',
      examples: [
        ['all of it', 'describe-endpoint --name abroad'],
        ['the id for put-events', 'describe-endpoint --name abroad --query EndpointId --output text'],
      ],
      options: { Name: 'The name of the endpoint.', HomeRegion: HOME },
    },
    'list-endpoints': {
      about: 'Lists global endpoints in the order of their names.',
      examples: [
        ['all of them', 'list-endpoints'],
        ['their names and ids', "list-endpoints --query 'Endpoints[].[Name,EndpointId]' --output text"],
      ],
      options: { NamePrefix: NAME_PREFIX, HomeRegion: HOME, NextToken: NEXT_TOKEN, MaxResults: LIMIT },
    },
    'update-endpoint': {
      about:
        'Changes a global endpoint; what is left out stays as it is, its id and URL in any case. It fails when there is no such endpoint, and when the two event buses would not fit together.',
      examples: [
        ['another description', "update-endpoint --name abroad --description 'orders, both coasts'"],
        ['no replication any more', 'update-endpoint --name abroad --replication-config State=DISABLED'],
      ],
      options: {
        Name: 'The name of the endpoint.',
        Description: DESCRIPTION_CHANGED,
        RoutingConfig: `${ROUTING} Left out, it stays as it is.`,
        ReplicationConfig: `${REPLICATION} Left out, it stays as it is.`,
        EventBuses: `${BUSES} Left out, they stay as they are.`,
        RoleArn: `${ROLE} Left out, it stays as it is.`,
      },
    },
    'delete-endpoint': {
      about:
        'Deletes a global endpoint; its event buses stay, and put-events with its id fails from then on. It fails when there is no such endpoint.',
      examples: [
        ['which are there?', "list-endpoints --query 'Endpoints[].Name' --output text"],
        ['for good', 'delete-endpoint --name abroad'],
      ],
      options: { Name: 'The name of the endpoint.' },
    },
  },
  structures: {
    RoutingConfig: { FailoverConfig: 'The two Regions.' },
    FailoverConfig: {
      Primary: 'The Region that events go to.',
      Secondary: 'The one that they go to while the first is not well.',
    },
    Primary: {
      HealthCheck:
        'The ARN of the Route 53 health check that says whether it is well. Busbar keeps it, and does not ask.',
    },
    Secondary: { Route: 'The name of the secondary Region, as in us-west-2.' },
    ReplicationConfig: { State: 'Whether it does.' },
    EndpointEventBus: { EventBusArn: 'The ARN of the event bus.' },
  },
};
