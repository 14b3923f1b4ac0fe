import type { TestContext } from 'node:test';
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { startFauxqs } from 'fauxqs';

export interface Queue {
  readonly arn: string;
  /** Receives until `count` messages have come in all, in the order of their coming. */
  receive(count: number): Promise<readonly Message[]>;
}

export interface Queues {
  /** Where the SQS API answers. */
  readonly url: string;
  create(name: string, attributes?: Record<string, string>): Promise<Queue>;
}

const REGION = 'eu-central-1';

/** A real SQS-compatible server in this process, stopped with the test. */
export async function startQueues(t: TestContext): Promise<Queues> {
  const server = await startFauxqs({ port: 0, logger: false, defaultRegion: REGION });
  const url = `http://127.0.0.1:${server.port}`;
  const client = new SQSClient({
    endpoint: url,
    region: REGION,
    useQueueUrlAsEndpoint: false,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  t.after(async () => {
    client.destroy();
    await server.stop();
  });
  return {
    url,
    async create(name, attributes = {}) {
      const { QueueUrl } = await client.send(
        new CreateQueueCommand({ QueueName: name, Attributes: attributes }),
      );
      const { Attributes } = await client.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
      );
      return {
        arn: Attributes?.QueueArn ?? '',
        async receive(count) {
          const messages: Message[] = [];
          while (messages.length < count) {
            const { Messages = [] } = await client.send(
              new ReceiveMessageCommand({
                QueueUrl,
                MaxNumberOfMessages: 10,
                WaitTimeSeconds: 5,
                MessageAttributeNames: ['All'],
                AttributeNames: ['All'],
              }),
            );
            messages.push(...Messages);
            if (Messages.length === 0) continue;
            const Entries = Messages.map(({ ReceiptHandle }, n) => ({ Id: String(n), ReceiptHandle }));
            await client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
          }
          return messages;
        },
      };
    },
  };
}
