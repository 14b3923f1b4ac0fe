import {
  BatchExecuteStatementCommand,
  ExecuteStatementCommand,
  RedshiftDataClient,
} from '@aws-sdk/client-redshift-data';
import type { Target } from '../../api-model/types.generated.ts';
import { parseArn } from '../../domain/arn.ts';
import type { LeasedDelivery } from '../../domain/delivery.ts';
import { createAwsCallTarget } from './aws-call.ts';
import { AwsClients, type AwsSettings } from './aws-clients.ts';
import { deliveryToken } from './delivery-token.ts';
import { dynamicValues } from './dynamic-value.ts';
import { resourceName } from './resource-name.ts';
import type { TargetKind } from './target-kind.ts';

/**
 * The Amazon Redshift Data API: the statement or statements of RedshiftDataParameters are executed on the cluster or
 * serverless workgroup that is the target. Each parameter may be a path into the event; the input is not used.
 * https://docs.aws.amazon.com/redshift-data/latest/APIReference/API_ExecuteStatement.html
 */
export function createRedshiftDataTarget(settings: AwsSettings): TargetKind {
  return createAwsCallTarget(
    {
      service: 'the Amazon Redshift Data API',
      clients: new AwsClients('REDSHIFT_DATA', settings, (config) => new RedshiftDataClient(config)),
      send(client, { target, delivery }, options) {
        const resolve = dynamicValues(delivery.event.envelope);
        const { sql = '', sqls = [] } = target.redshiftDataParameters ?? {};
        const shared = sharedMembers(target, delivery);
        return sqls.length === 0
          ? client.send(new ExecuteStatementCommand({ ...shared, Sql: resolve(sql) ?? '' }), options)
          : client.send(
              new BatchExecuteStatementCommand({ ...shared, Sqls: sqls.map((each) => resolve(each) ?? '') }),
              options,
            );
      },
    },
    settings,
  );
}

function sharedMembers({ arn, redshiftDataParameters }: Target, delivery: LeasedDelivery) {
  const resolve = dynamicValues(delivery.event.envelope);
  const optional = (value: string | undefined) => (value === undefined ? undefined : resolve(value));
  const serverless = parseArn(arn)?.service === 'redshift-serverless';
  return {
    // A workgroup's ARN holds its id, which the API knows it by in the whole ARN only.
    ...(serverless ? { WorkgroupName: arn } : { ClusterIdentifier: resourceName(arn) }),
    Database: optional(redshiftDataParameters?.database),
    DbUser: optional(redshiftDataParameters?.dbUser),
    SecretArn: optional(redshiftDataParameters?.secretManagerArn),
    StatementName: optional(redshiftDataParameters?.statementName),
    WithEvent: redshiftDataParameters?.withEvent,
    ClientToken: deliveryToken(delivery),
  };
}
