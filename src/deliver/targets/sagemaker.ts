import { SageMakerClient, StartPipelineExecutionCommand } from '@aws-sdk/client-sagemaker';
import { createAwsCallTarget } from './aws-call.ts';
import { AwsClients, type AwsSettings } from './aws-clients.ts';
import { deliveryToken } from './delivery-token.ts';
import { dynamicValues } from './dynamic-value.ts';
import { nameOrArn, resourceName } from './resource-name.ts';
import type { TargetKind } from './target-kind.ts';

/**
 * Amazon SageMaker: an execution of the pipeline that is the target is started with the parameters of its
 * SageMakerPipelineParameters, each of which may be a path into the event. The input is not used.
 * https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StartPipelineExecution.html
 */
export function createSageMakerTarget(settings: AwsSettings): TargetKind {
  return createAwsCallTarget(
    {
      service: 'Amazon SageMaker',
      clients: new AwsClients('SAGEMAKER', settings, (config) => new SageMakerClient(config)),
      send(client, { target, delivery }, options) {
        const resolve = dynamicValues(delivery.event.envelope);
        const parameters = target.sageMakerPipelineParameters?.pipelineParameterList ?? [];
        const command = new StartPipelineExecutionCommand({
          PipelineName: nameOrArn(target.arn, resourceName(target.arn), delivery),
          PipelineParameters: parameters.map(({ name, value }) => ({
            Name: name,
            Value: resolve(value) ?? '',
          })),
          ClientRequestToken: deliveryToken(delivery),
        });
        return client.send(command, options);
      },
    },
    settings,
  );
}
