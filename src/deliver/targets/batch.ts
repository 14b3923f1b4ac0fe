import { BatchClient, SubmitJobCommand } from '@aws-sdk/client-batch';
import { createAwsCallTarget } from './aws-call.ts';
import { AwsClients, type AwsSettings } from './aws-clients.ts';
import { jobOf } from './batch-input.ts';
import type { TargetKind } from './target-kind.ts';
import { writable } from './writable.ts';

/**
 * AWS Batch: a job is submitted to the queue that is the target, as its BatchParameters say, with parameters and
 * overrides from the input. A lost answer means a second job, for Batch knows no names for requests.
 * https://docs.aws.amazon.com/batch/latest/APIReference/API_SubmitJob.html
 */
export function createBatchTarget(settings: AwsSettings): TargetKind {
  return createAwsCallTarget(
    {
      service: 'AWS Batch',
      refusals: new Set(['ClientException']),
      clients: new AwsClients('BATCH', settings, (config) => new BatchClient(config)),
      send(client, { target, input }, options) {
        const { jobName = '', jobDefinition = '', ...rest } = target.batchParameters ?? {};
        const command = new SubmitJobCommand({
          ...jobOf(input),
          jobQueue: target.arn,
          jobName,
          jobDefinition,
          ...writable(rest),
        });
        return client.send(command, options);
      },
    },
    settings,
  );
}
