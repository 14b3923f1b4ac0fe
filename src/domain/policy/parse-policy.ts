import { isKnownOperator } from './condition.ts';
import type { Condition, Policy, PrincipalName, Selection, Statement } from './policy.ts';

/** A policy that can't be; the message says what is wrong with it. */
export class InvalidPolicyError extends Error {
  override readonly name = 'InvalidPolicyError';
}

type Members = Readonly<Record<string, unknown>>;

const POLICY_MEMBERS = ['Version', 'Id', 'Statement'];
const STATEMENT_MEMBERS = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

/** Reads the JSON text of a resource policy. Throws InvalidPolicyError for anything that AWS's grammar forbids. */
export function parsePolicy(text: string): Policy {
  const document = membersOf(readJson(text), POLICY_MEMBERS);
  const version = document['Version'] ?? '2008-10-17';
  if (version !== '2008-10-17' && version !== '2012-10-17') {
    throw new InvalidPolicyError('The policy must contain a valid version string');
  }
  const statements = listOf(document['Statement'], 'Statement').map(readStatement);
  const sids = statements.flatMap(({ sid }) => (sid === undefined ? [] : [sid]));
  if (new Set(sids).size < sids.length) throw new InvalidPolicyError('Statement IDs (SID) must be unique.');
  return { version, statements };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidPolicyError('This policy contains invalid Json');
  }
}

function readStatement(value: unknown): Statement {
  const members = membersOf(value, STATEMENT_MEMBERS);
  const { Sid: sid, Effect: effect } = members;
  if (sid !== undefined && typeof sid !== 'string') throw syntaxError();
  if (effect === undefined) throw missing('Effect');
  if (effect !== 'Allow' && effect !== 'Deny') {
    throw new InvalidPolicyError(`Invalid effect: ${typeof effect === 'string' ? effect : '?'}`);
  }
  const principals = selection(members, 'Principal', readPrincipals);
  // Everybody but a few would mean everybody, whom nobody thought of.
  if (principals.except && effect === 'Allow') {
    throw new InvalidPolicyError('Allow with NotPrincipal is not allowed.');
  }
  return {
    sid,
    effect,
    principals,
    actions: selection(members, 'Action', readTexts),
    resources: selection(members, 'Resource', readTexts),
    conditions: readConditions(members['Condition']),
  };
}

function selection<T>(
  members: Members,
  name: string,
  read: (value: unknown, name: string) => readonly T[],
): Selection<T> {
  const [plain, negated] = [members[name], members[`Not${name}`]];
  if (plain !== undefined && negated !== undefined) throw syntaxError();
  if (negated !== undefined) return { except: true, values: read(negated, `Not${name}`) };
  return { except: false, values: read(plain, name) };
}

function readPrincipals(value: unknown, name: string): readonly PrincipalName[] {
  if (value === '*') return [{ kind: '*', value: '*' }];
  if (value === undefined) throw missing(name);
  const principals = Object.entries(membersOf(value, ['AWS', 'Service', 'Federated', 'CanonicalUser']));
  if (principals.length === 0) throw missing(name);
  return principals.flatMap(([kind, names]) =>
    readTexts(names, name).map((text) => {
      if (kind === 'AWS' && !isAwsPrincipal(text)) {
        throw new InvalidPolicyError(`Invalid principal in policy: "AWS":"${text}"`);
      }
      return { kind, value: text };
    }),
  );
}

function isAwsPrincipal(text: string): boolean {
  return text === '*' || /^\d{12}$/.test(text) || /^arn:[\w-]+:(iam|sts)::\d{12}:[^*?\s]+$/.test(text);
}

function readTexts(value: unknown, name: string): readonly string[] {
  return listOf(value, name).map((text) => {
    if (typeof text !== 'string' || text === '') throw syntaxError();
    return text;
  });
}

function readConditions(value: unknown): readonly Condition[] {
  if (value === undefined) return [];
  return Object.entries(membersOf(value)).flatMap(([operator, keys]) => {
    if (!isKnownOperator(operator)) throw new InvalidPolicyError(`Invalid Condition type : ${operator}`);
    return Object.entries(membersOf(keys)).map(([key, values]) => ({
      operator,
      key: key.toLowerCase(),
      values: listOf(values, key).map(conditionValue),
    }));
  });
}

function conditionValue(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw syntaxError();
}

function listOf(value: unknown, name: string): readonly unknown[] {
  if (value === undefined) throw missing(name);
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.length === 0) throw missing(name);
  return list;
}

function membersOf(value: unknown, known?: readonly string[]): Members {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw syntaxError();
  const unknown = Object.keys(value).find((name) => known?.includes(name) === false);
  if (unknown !== undefined) throw new InvalidPolicyError(`Unknown field ${unknown}`);
  return value as Members;
}

function missing(name: string): InvalidPolicyError {
  return new InvalidPolicyError(`Missing required field ${name}`);
}

function syntaxError(): InvalidPolicyError {
  return new InvalidPolicyError('Syntax errors in policy.');
}
