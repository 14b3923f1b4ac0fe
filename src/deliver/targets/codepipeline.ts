import { CodePipelineClient, StartPipelineExecutionCommand } from '@aws-sdk/client-codepipeline';
import { parseArn } from '../../domain/arn.ts';
import { createAwsCallTarget } from './aws-call.ts';
import { AwsClients, type AwsSettings } from './aws-clients.ts';
import { deliveryToken } from './delivery-token.ts';
import { membersOf, picked } from './input-members.ts';
import type { TargetKind } from './target-kind.ts';

/**
 * AWS CodePipeline: an execution of the pipeline that is the target is started, with the variables and source revisions
 * that the input has.
 * https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_StartPipelineExecution.html
 */
export function createCodePipelineTarget(settings: AwsSettings): TargetKind {
  return createAwsCallTarget(
    {
      service: 'AWS CodePipeline',
      clients: new AwsClients('CODEPIPELINE', settings, (config) => new CodePipelineClient(config)),
      send(client, { target, input, delivery }, options) {
        const command = new StartPipelineExecutionCommand({
          ...picked(membersOf(input), ['sourceRevisions', 'variables']),
          name: parseArn(target.arn)?.resource ?? '',
          clientRequestToken: deliveryToken(delivery),
        });
        return client.send(command, options);
      },
    },
    settings,
  );
}
