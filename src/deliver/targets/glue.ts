import { GlueClient, StartWorkflowRunCommand } from '@aws-sdk/client-glue';
import { createAwsCallTarget } from './aws-call.ts';
import { AwsClients, type AwsSettings } from './aws-clients.ts';
import { resourceName } from './resource-name.ts';
import type { TargetKind } from './target-kind.ts';

/**
 * AWS Glue: a run of the workflow that is the target is started. EventBridge calls NotifyEvent there, which is no part
 * of Glue's public API. The input is not used.
 * https://docs.aws.amazon.com/glue/latest/webapi/API_StartWorkflowRun.html
 */
export function createGlueTarget(settings: AwsSettings): TargetKind {
  return createAwsCallTarget(
    {
      service: 'AWS Glue',
      clients: new AwsClients('GLUE', settings, (config) => new GlueClient(config)),
      send: (client, { target }, options) =>
        client.send(new StartWorkflowRunCommand({ Name: resourceName(target.arn) }), options),
    },
    settings,
  );
}
