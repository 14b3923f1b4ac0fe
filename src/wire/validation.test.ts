import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shapes } from '../api-model/api-model.ts';
import { ServiceError } from '../domain/errors.ts';
import { validate } from './validation.ts';

function refusal(shape: string, value: unknown): string {
  try {
    validate(shape, value);
  } catch (error) {
    assert.ok(error instanceof ServiceError && error.code === 'ValidationException', String(error));
    return error.message;
  }
  return 'accepted';
}

const NAME_PATTERN = String.raw`[\.\-_A-Za-z0-9]+`;

test('a request without faults is accepted', () => {
  assert.equal(refusal('PutRuleRequest', { name: 'r', state: 'ENABLED' }), 'accepted');
});

test('a required member that is missing is null to AWS', () => {
  assert.equal(
    refusal('PutRuleRequest', {}),
    "1 validation error detected: Value null at 'name' failed to satisfy constraint: Member must not be null",
  );
});

test('one member may fail its pattern, then its length; the next member follows in the model order', () => {
  const name = 'This should fail with two errors 123467890123412341234123412341234';
  assert.equal(
    refusal('CreateConnectionRequest', { name, authorizationType: 'INVALID', authParameters: {} }),
    `3 validation errors detected: Value '${name}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ${NAME_PATTERN}; Value '${name}' at 'name' failed to satisfy constraint: Member must have length less than or equal to 64; Value 'INVALID' at 'authorizationType' failed to satisfy constraint: Member must satisfy enum value set: [BASIC, OAUTH_CLIENT_CREDENTIALS, API_KEY]`,
  );
});

test('HTTP methods are listed in the order that AWS lists them in', () => {
  const message = refusal('CreateApiDestinationRequest', {
    name: 'a',
    connectionArn: 'arn:aws:events:us-east-1:123456789012:connection/a/b',
    invocationEndpoint: 'https://example.com',
    httpMethod: 'INVALID_METHOD',
  });
  assert.match(message, /enum value set: \[HEAD, POST, PATCH, DELETE, PUT, GET, OPTIONS\]$/);
});

test('members of list elements are named by their place, counted from 1', () => {
  assert.equal(
    refusal('PutTargetsRequest', { rule: 'r', targets: [{ id: '!@#$@!#$', arn: 'arn:x' }] }),
    `1 validation error detected: Value '!@#$@!#$' at 'targets.1.member.id' failed to satisfy constraint: Member must satisfy regular expression pattern: ${NAME_PATTERN}`,
  );
});

test('a list that is too long is shown whole, as Java prints it', () => {
  const entry = { source: 's', detailType: 't', detail: '{"a": 1}', eventBusName: 'bus' };
  const shown =
    'PutEventsRequestEntry(time=null, source=s, resources=null, detailType=t, detail={"a": 1}, eventBusName=bus, traceHeader=null, kmsKeyIdentifier=null, internalMetadata=null)';
  assert.equal(
    refusal('PutEventsRequest', { entries: Array(11).fill(entry) }),
    `1 validation error detected: Value '[${Array(11).fill(shown).join(', ')}]' at 'entries' failed to satisfy constraint: Member must have length less than or equal to 10`,
  );
});

test('times are shown as Java prints them', () => {
  const entry = { time: Date.UTC(2025, 0, 2, 3, 4, 5) };
  assert.match(
    refusal('PutEventsRequest', { entries: Array(11).fill(entry) }),
    /time=Thu Jan 02 03:04:05 UTC 2025,/,
  );
});

test('keys of a map are refused together with all that they must satisfy', () => {
  const inputTransformer = { inputPathsMap: { 'bad.key': '$.detail.text' }, inputTemplate: '"x"' };
  assert.equal(
    refusal('PutTargetsRequest', { rule: 'r', targets: [{ id: 'a', arn: 'arn:x', inputTransformer }] }),
    String.raw`1 validation error detected: Value '{bad.key=$.detail.text}' at 'targets.1.member.inputTransformer.inputPathsMap' failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length less than or equal to 256, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [A-Za-z0-9\_\-]+]`,
  );
});

test('scalars in a list are refused at the list', () => {
  assert.match(
    refusal('RemoveTargetsRequest', { rule: 'r', ids: ['ok', 'not ok'] }),
    /^1 validation error detected: Value '\[ok, not ok\]' at 'ids' failed to satisfy constraint: Member must satisfy constraint: \[/,
  );
});

test('numbers are held against their range', () => {
  assert.equal(
    refusal('ListRulesRequest', { limit: 101 }),
    "1 validation error detected: Value '101' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 100",
  );
  assert.match(refusal('ListRulesRequest', { limit: 0 }), /value greater than or equal to 1$/);
});

test('what is sensitive is not repeated', () => {
  const basicAuthParameters = { username: 'u', password: '' };
  const message = refusal('CreateConnectionRequest', {
    name: 'a',
    authorizationType: 'BASIC',
    authParameters: { basicAuthParameters },
  });
  assert.match(message, /Value at 'authParameters.basicAuthParameters.password' failed/);
});

test('what is sensitive is not repeated inside a list either', () => {
  const parameter = { key: 'k', value: 'secret-value', isValueSecret: true };
  const message = refusal('ConnectionHttpParameters', { headerParameters: Array(101).fill(parameter) });
  assert.match(message, /at 'headerParameters' failed .* less than or equal to 100$/);
  assert.doesNotMatch(message, /secret-value/);
});

test('a pattern must cover the whole value, with or without anchors of its own', () => {
  assert.match(refusal('DescribeRuleRequest', { name: 'good bad' }), /regular expression pattern/);
  assert.match(refusal('DescribeRuleRequest', { name: 'good\n' }), /regular expression pattern/);
});

test('no value makes a pattern of the model run for ever', () => {
  // Written as the model has them, two of the patterns would not end on the first of these in a lifetime.
  const hostile = [`${' \t'.repeat(400)}:\u0000`, 'a-'.repeat(400), '/a'.repeat(400), '%'.repeat(800)];
  const strings = [...shapes].filter(([, shape]) => shape.type === 'string' && shape.pattern !== undefined);
  assert.ok(strings.length > 40);
  for (const [name] of strings) for (const value of hostile) refusal(name, value);
});

test('the linear stand-ins accept the same strings as the patterns of the model', () => {
  for (const name of ['AuthHeaderParameters', 'HeaderValue']) {
    const shape = shapes.get(name);
    assert.ok(shape?.type === 'string' && shape.pattern !== undefined);
    const original = new RegExp(shape.pattern);
    for (const value of strings('a \t:é', 6)) {
      if (value === '') continue;
      const accepted = !refusal(name, value).includes('regular expression');
      assert.equal(accepted, original.test(value), JSON.stringify(value));
    }
  }
});

/** Every string of up to `length` of those characters. */
function strings(characters: string, length: number): string[] {
  if (length === 0) return [''];
  const shorter = strings(characters, length - 1);
  const longest = shorter.filter((text) => text.length === length - 1);
  return shorter.concat(longest.flatMap((text) => [...characters].map((character) => text + character)));
}
