import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import {
  CreateStreamCommand,
  DescribeStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
} from '@aws-sdk/client-kinesis';
import kinesalite from 'kinesalite';
import { createAwsHttp } from '../src/deliver/targets/aws-http.ts';
import { until } from './until.ts';

/** A record as it was put. */
export interface StreamRecord {
  readonly data: string;
  readonly key: string;
}

export interface Streams {
  /** Where the Kinesis API answers. */
  readonly url: string;
  /** Makes a stream of one shard. */
  create(name: string): Promise<{ records(): Promise<readonly StreamRecord[]> }>;
}

/** A real Kinesis-compatible server in this process, stopped with the test. */
export async function startStreams(t: TestContext): Promise<Streams> {
  const server = kinesalite({ createStreamMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const http = createAwsHttp();
  const client = new KinesisClient({
    endpoint: url,
    region: 'eu-central-1',
    requestHandler: http,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  t.after(() => {
    http.close();
    server.close();
    server.closeAllConnections();
  });
  return {
    url,
    async create(StreamName) {
      await client.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
      await until(async () => {
        const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamName }));
        return StreamDescription?.StreamStatus === 'ACTIVE';
      });
      const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamName }));
      const ShardId = StreamDescription?.Shards?.[0]?.ShardId;
      return {
        async records() {
          const { ShardIterator } = await client.send(
            new GetShardIteratorCommand({ StreamName, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
          );
          const { Records = [] } = await client.send(new GetRecordsCommand({ ShardIterator }));
          return Records.map(({ Data, PartitionKey }) => ({
            data: Buffer.from(Data ?? []).toString(),
            key: PartitionKey ?? '',
          }));
        },
      };
    },
  };
}
