import { InspectorClient, StartAssessmentRunCommand } from '@aws-sdk/client-inspector';
import { createAwsCallTarget } from './aws-call.ts';
import { AwsClients, type AwsSettings } from './aws-clients.ts';
import type { TargetKind } from './target-kind.ts';

const REFUSALS = new Set(['InvalidCrossAccountRoleException', 'UnsupportedFeatureException']);

/**
 * Amazon Inspector Classic: an assessment run of the template that is the target is started. The input is not used.
 * https://docs.aws.amazon.com/inspector/v1/APIReference/API_StartAssessmentRun.html
 */
export function createInspectorTarget(settings: AwsSettings): TargetKind {
  return createAwsCallTarget(
    {
      service: 'Amazon Inspector',
      refusals: REFUSALS,
      clients: new AwsClients('INSPECTOR', settings, (config) => new InspectorClient(config)),
      send: (client, { target }, options) =>
        client.send(new StartAssessmentRunCommand({ assessmentTemplateArn: target.arn }), options),
    },
    settings,
  );
}
