import { Random } from './random.ts';

/** Events as a busy account has them, each a line of JSON of 530 bytes on average: the same ones every time. */
export function makeBusEvents(count: number): string[] {
  const random = new Random(77);
  return Array.from({ length: count }, () => JSON.stringify(random.pick(KINDS)(random)));
}

/** A thousand rules of the usual shapes for those events, as patterns. */
export function makeBusRules(): object[] {
  const random = new Random(78);
  return Array.from({ length: 1000 }, (_, index) => RULES[index % RULES.length]?.(random) ?? {});
}

const HEX = '0123456789abcdef';
const STATES = ['pending', 'running', 'shutting-down', 'stopped', 'stopping', 'terminated'];
const SERVICES = ['orders', 'billing', 'shipping'].map((name) => `com.acme.${name}`);
const numbered = (prefix: string, count: number, width: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}${String(index).padStart(width, '0')}`);
const SKUS = numbered('sku-', 400, 4);
const CUSTOMERS = numbered('cust-', 5000, 5);
const BUCKETS = numbered('acme-data-', 200, 3);
const PIPELINES = numbered('pipeline-', 150, 3);

type Make = (random: Random) => object;

function uuid(random: Random): string {
  return [8, 4, 4, 4, 12].map((length) => random.text(HEX, length)).join('-');
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

function envelope(
  random: Random,
  source: string,
  detailType: string,
  detail: object,
  resources: string[] = [],
) {
  const time = [random.integer(0, 23), random.integer(0, 59), random.integer(0, 59)].map(twoDigits).join(':');
  return {
    version: '0',
    id: uuid(random),
    'detail-type': detailType,
    source,
    account: '123456789012',
    time: `2026-11-23T${time}Z`,
    region: random.pick(['us-east-1', 'eu-west-1', 'eu-central-1', 'ap-northeast-1']),
    resources,
    detail,
  };
}

const instance: Make = (random) => {
  const id = `i-${random.text(HEX, 17)}`;
  const detail = { 'instance-id': id, state: random.pick(STATES) };
  const arn = `arn:aws:ec2:us-east-1:123456789012:instance/${id}`;
  return envelope(random, 'aws.ec2', 'EC2 Instance State-change Notification', detail, [arn]);
};

const upload: Make = (random) => {
  const bucket = random.pick(BUCKETS);
  const date = `${random.integer(2020, 2026)}/${twoDigits(random.integer(1, 12))}`;
  const folder = random.pick(['raw', 'curated', 'tmp', 'logs']);
  const detail = {
    version: '0',
    bucket: { name: bucket },
    object: {
      key: `${folder}/${date}/${random.text(HEX, 16)}.${random.pick(['json', 'parquet', 'csv', 'gz'])}`,
      size: random.integer(10, 1e8),
      etag: random.text(HEX, 32),
      sequencer: random.text(HEX, 18).toUpperCase(),
    },
    'request-id': random.text(HEX, 16).toUpperCase(),
    requester: '123456789012',
    'source-ip-address': `10.${random.integer(0, 255)}.${random.integer(0, 255)}.${random.integer(1, 254)}`,
    reason: 'PutObject',
  };
  return envelope(random, 'aws.s3', 'Object Created', detail, [`arn:aws:s3:::${bucket}`]);
};

const order: Make = (random) => {
  const items = Array.from({ length: random.integer(1, 5) }, () => ({
    sku: random.pick(SKUS),
    qty: random.integer(1, 9),
    price: random.integer(100, 50_000) / 100,
  }));
  const type = random.pick(['OrderCreated', 'OrderPaid', 'OrderShipped', 'OrderCancelled']);
  return envelope(random, random.pick(SERVICES), type, {
    metadata: { correlationId: uuid(random), tenant: `t-${random.integer(1, 60)}`, schema: 'v3' },
    data: {
      orderId: `ord-${random.integer(1, 1e7)}`,
      customer: {
        id: random.pick(CUSTOMERS),
        tier: random.pick(['gold', 'silver', 'bronze']),
        country: random.pick(['DE', 'US', 'FR', 'JP', 'BR', 'IN']),
      },
      amount: random.integer(100, 300_000) / 100,
      currency: random.pick(['EUR', 'USD']),
      items,
      express: random.fraction() < 0.3,
      note: 'Please leave the parcel at the reception desk, thank you very much.',
    },
  });
};

const pipeline: Make = (random) =>
  envelope(
    random,
    'aws.codepipeline',
    'CodePipeline Pipeline Execution State Change',
    {
      pipeline: random.pick(PIPELINES),
      version: random.integer(1, 40),
      state: random.pick(['STARTED', 'SUCCEEDED', 'FAILED', 'SUPERSEDED']),
      'execution-id': uuid(random),
    },
    ['arn:aws:codepipeline:us-east-1:123456789012:p'],
  );

const user: Make = (random) =>
  envelope(
    random,
    'com.acme.users',
    random.pick(['UserCreated', 'UserUpdated', 'UserDeleted', 'LoginFailed']),
    {
      user: {
        id: uuid(random),
        email: `u${random.integer(1, 99_999)}@example.com`,
        name: random.fraction() < 0.1 ? 'Jörg Müller' : 'Jane Doe',
        roles: random.sample(['admin', 'dev', 'ops', 'viewer', 'billing'], random.integer(1, 3)),
      },
      ip: `192.168.${random.integer(0, 255)}.${random.integer(0, 255)}`,
      attempts: random.integer(0, 9),
    },
  );

const apiCall: Make = (random) =>
  envelope(random, 'aws.s3', 'AWS API Call via CloudTrail', {
    eventVersion: '1.08',
    userIdentity: {
      type: 'AssumedRole',
      principalId: `${random.text(HEX, 20).toUpperCase()}:session`,
      arn: 'arn:aws:sts::123456789012:assumed-role/dev/session',
      accountId: '123456789012',
      accessKeyId: `ASIA${random.text(HEX, 16).toUpperCase()}`,
      sessionContext: {
        sessionIssuer: { type: 'Role', userName: 'dev' },
        attributes: { mfaAuthenticated: 'false', creationDate: '2026-11-23T10:00:00Z' },
      },
    },
    eventTime: '2026-11-23T10:34:01Z',
    eventSource: 's3.amazonaws.com',
    eventName: random.pick(['PutBucketPolicy', 'DeleteBucket', 'CreateBucket', 'PutObject', 'GetObject']),
    awsRegion: 'us-east-1',
    sourceIPAddress: '10.1.2.3',
    userAgent: '[aws-cli/2.15.0 Python/3.11.6 Linux/5.10 exe/x86_64]',
    requestParameters: { bucketName: random.pick(BUCKETS), Host: 's3.us-east-1.amazonaws.com', policy: '' },
    responseElements: null,
    readOnly: random.fraction() < 0.5,
    eventID: uuid(random),
    eventType: 'AwsApiCall',
    managementEvent: true,
  });

const tick: Make = (random) =>
  envelope(random, 'aws.events', 'Scheduled Event', {}, ['arn:aws:events:us-east-1:123456789012:rule/r']);

const stock: Make = (random) =>
  envelope(random, 'com.acme.inventory', 'StockChanged', {
    sku: random.pick(SKUS),
    warehouse: random.pick(['ber', 'nyc', 'tok']),
    delta: random.integer(-50, 50),
    level: random.integer(0, 1000),
  });

const KINDS: readonly Make[] = [instance, upload, order, order, order, pipeline, user, apiCall, tick, stock];

const RULES: readonly Make[] = [
  (random) => ({
    source: ['aws.ec2'],
    'detail-type': ['EC2 Instance State-change Notification'],
    detail: { state: random.sample(STATES, 2) },
  }),
  (random) => ({
    source: ['aws.s3'],
    'detail-type': ['Object Created'],
    detail: {
      bucket: { name: [random.pick(BUCKETS)] },
      object: { key: [{ prefix: random.pick(['raw/', 'curated/', 'logs/']) }] },
    },
  }),
  (random) => ({
    source: ['aws.s3'],
    'detail-type': ['Object Created'],
    detail: {
      bucket: { name: [random.pick(BUCKETS)] },
      object: {
        key: [{ suffix: random.pick(['.json', '.csv', '.gz']) }],
        size: [{ numeric: ['>', random.integer(1, 1e8)] }],
      },
    },
  }),
  (random) => ({
    source: [random.pick(SERVICES)],
    'detail-type': ['OrderCreated'],
    detail: {
      data: {
        customer: { tier: ['gold'], country: [random.pick(['DE', 'US', 'FR'])] },
        amount: [{ numeric: ['>=', random.integer(10, 2900)] }],
      },
    },
  }),
  (random) => ({
    source: [{ prefix: 'com.acme.' }],
    detail: { metadata: { tenant: [`t-${random.integer(1, 60)}`] } },
  }),
  (random) => ({
    'detail-type': ['OrderPaid', 'OrderShipped'],
    detail: { data: { customer: { id: [random.pick(CUSTOMERS)] } } },
  }),
  (random) => ({
    source: ['aws.codepipeline'],
    detail: { pipeline: [random.pick(PIPELINES)], state: [{ 'anything-but': ['SUCCEEDED', 'STARTED'] }] },
  }),
  (random) => ({
    source: ['com.acme.users'],
    detail: {
      attempts: [{ numeric: ['>', random.integer(3, 8)] }],
      user: { email: [{ suffix: '@example.com' }], roles: [random.pick(['admin', 'ops'])] },
    },
  }),
  (random) => ({
    source: ['aws.s3'],
    'detail-type': ['AWS API Call via CloudTrail'],
    detail: {
      eventName: [random.pick(['PutBucketPolicy', 'DeleteBucket'])],
      requestParameters: {
        bucketName: [{ wildcard: `acme-*-${String(random.integer(0, 199)).padStart(3, '0')}` }],
      },
    },
  }),
  (random) => ({
    source: ['com.acme.inventory'],
    detail: {
      sku: [random.pick(SKUS)],
      level: [{ numeric: ['<', random.integer(5, 200)] }],
      error: [{ exists: false }],
    },
  }),
];
