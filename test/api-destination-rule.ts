import type { TestBus } from './running-bus.ts';

export const ROLE = 'arn:aws:iam::111111111111:role/invoke';

/** A connection with an API key, where a test does not care. */
export const API_KEY = {
  AuthorizationType: 'API_KEY',
  AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: 'X-Key', ApiKeyValue: 'the-api-key' } },
};

/** Answers of AWS JSON must not be errors. */
export async function must(
  bus: TestBus,
  operation: string,
  body: object,
): Promise<Readonly<Record<string, unknown>>> {
  const { status, text, json } = await bus.call(operation, body);
  if (status !== 200) throw new Error(`${operation}: ${text}`);
  return json;
}

/** Makes a connection, an API destination that uses it, and a rule that sends every event of `shop` there. */
export async function ruleWithApiDestination(
  bus: TestBus,
  given: { connection?: object; destination: object; target?: object; name?: string },
): Promise<string> {
  const { connection = API_KEY, destination, target = {}, name: Name = 'd' } = given;
  const { ConnectionArn } = await must(bus, 'CreateConnection', { Name, ...connection });
  const { ApiDestinationArn } = await must(bus, 'CreateApiDestination', {
    Name,
    ConnectionArn,
    HttpMethod: 'POST',
    ...destination,
  });
  await must(bus, 'PutRule', { Name, EventPattern: '{"source":["shop"]}' });
  const Targets = [{ Id: 't', Arn: ApiDestinationArn, RoleArn: ROLE, ...target }];
  await must(bus, 'PutTargets', { Rule: Name, Targets });
  return String(ApiDestinationArn);
}

/** Puts events of `shop` with these details. */
export async function putDetails(bus: TestBus, ...details: object[]): Promise<void> {
  const Entries = details.map((detail) => ({
    Source: 'shop',
    DetailType: 'order',
    Detail: JSON.stringify(detail),
  }));
  await must(bus, 'PutEvents', { Entries });
}
