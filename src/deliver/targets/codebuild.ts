import { CodeBuildClient, StartBuildCommand } from '@aws-sdk/client-codebuild';
import { createAwsCallTarget } from './aws-call.ts';
import { AwsClients, type AwsSettings } from './aws-clients.ts';
import { deliveryToken } from './delivery-token.ts';
import { membersOf, picked } from './input-members.ts';
import { resourceName } from './resource-name.ts';
import type { TargetKind } from './target-kind.ts';

// What of a build an input may override; an event as it is has none of them.
const OVERRIDES = (
  'artifactsOverride autoRetryLimitOverride buildStatusConfigOverride buildspecOverride cacheOverride ' +
  'certificateOverride computeTypeOverride debugSessionEnabled encryptionKeyOverride environmentTypeOverride ' +
  'environmentVariablesOverride fleetOverride gitCloneDepthOverride gitSubmodulesConfigOverride imageOverride ' +
  'imagePullCredentialsTypeOverride insecureSslOverride logsConfigOverride privilegedModeOverride ' +
  'queuedTimeoutInMinutesOverride registryCredentialOverride reportBuildStatusOverride secondaryArtifactsOverride ' +
  'secondarySourcesOverride secondarySourcesVersionOverride serviceRoleOverride sourceAuthOverride ' +
  'sourceLocationOverride sourceTypeOverride sourceVersion timeoutInMinutesOverride'
).split(' ');

/**
 * AWS CodeBuild: a build of the project that is the target is started; the input is what it overrides.
 * https://docs.aws.amazon.com/codebuild/latest/APIReference/API_StartBuild.html
 */
export function createCodeBuildTarget(settings: AwsSettings): TargetKind {
  return createAwsCallTarget(
    {
      service: 'AWS CodeBuild',
      clients: new AwsClients('CODEBUILD', settings, (config) => new CodeBuildClient(config)),
      send(client, { target, input, delivery }, options) {
        const command = new StartBuildCommand({
          ...picked(membersOf(input), OVERRIDES),
          projectName: resourceName(target.arn),
          idempotencyToken: deliveryToken(delivery),
        });
        return client.send(command, options);
      },
    },
    settings,
  );
}
