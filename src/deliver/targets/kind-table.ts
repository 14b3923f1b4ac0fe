import type { Target } from '../../api-model/types.generated.ts';
import { type Arn, parseArn } from '../../domain/arn.ts';
import { awsKinds } from './aws-kinds.ts';
import { refusalOfCommand } from './exec-url.ts';
import { refusalOfFile } from './file-url.ts';
import type { KindEntry, TargetRules } from './kind-entry.ts';
import { refusalOfSubject } from './nats-url.ts';
import { peerKinds } from './peer-kinds.ts';

const http: KindEntry = {
  looksLike: 'an HTTP endpoint (https://… or http://…)',
  refuse: ({ arn }, { egress }) => {
    const url = new URL(arn);
    return notValid(arn, refusalOfUser(url) ?? egress.refusalOfUrl(url));
  },
  load: async (settings) => (await import('./http.ts')).createHttpTarget(settings),
};

const nats: KindEntry = {
  looksLike: 'a NATS subject (nats://HOST:PORT/SUBJECT)',
  packageName: '@nats-io/transport-node',
  refuse: ({ arn }, rules) => notValid(arn, refusalOfSubject(arn, rules)),
  load: async (settings) => (await import('./nats.ts')).createNatsTarget(settings),
};

const file: KindEntry = {
  looksLike: 'a file (file:///….jsonl)',
  refuse: ({ arn }, { fileFolders }) => notValid(arn, refusalOfFile(arn, fileFolders)),
  load: async (settings) => (await import('./file.ts')).createFileTarget(settings),
};

const exec: KindEntry = {
  looksLike: 'a command (exec:/PATH?arg=…)',
  refuse: ({ arn }, { commands }) => notValid(arn, refusalOfCommand(arn, commands)),
  load: async (settings) => (await import('./exec.ts')).createExecTarget(settings),
};

const apiDestination: KindEntry = {
  looksLike: 'an API destination (arn:aws:events:REGION:ACCOUNT:api-destination/NAME/UUID)',
  load: async (settings) => (await import('./api-destination.ts')).createApiDestinationTarget(settings),
};

const eventBus: KindEntry = {
  looksLike: 'an event bus (arn:aws:events:REGION:ACCOUNT:event-bus/NAME)',
  load: async (settings) => (await import('./event-bus.ts')).createEventBusTarget(settings),
};

/**
 * Every kind of target, by the service of its ARN (for EventBridge's own, and the kind of resource) or, for
 * Busbar's own, the scheme of its URL.
 */
const kinds: ReadonlyMap<string, KindEntry> = new Map([
  ...awsKinds,
  ...peerKinds,
  ['http', http],
  ['https', http],
  ['nats', nats],
  ['file', file],
  ['exec', exec],
  ['events api-destination', apiDestination],
  ['events event-bus', eventBus],
]);

/** The kind that this ARN or URL is a target of; undefined when it is none of them. */
export function kindOf(arn: string): KindEntry | undefined {
  return kinds.get(kindName(arn) ?? '');
}

function kindName(arn: string): string | undefined {
  const parsed = parseArn(arn);
  if (parsed !== undefined) {
    const own = `${parsed.service} ${parsed.resource.split('/')[0]}`;
    return kinds.has(own) ? own : parsed.service;
  }
  const [, scheme = ''] = /^(https?(?=:\/\/)|nats(?=:\/\/)|file(?=:\/\/)|exec):/.exec(arn) ?? [];
  return scheme !== '' && URL.canParse(arn) ? scheme : undefined;
}

// A target's address is shown wherever its deliveries are.
function refusalOfUser({ username, password }: URL): string | undefined {
  if (username === '' && password === '') return undefined;
  return 'A URL holds neither user nor password: a connection of an API destination keeps them secret.';
}

function notValid(arn: string, reason: string | undefined): string | undefined {
  return reason === undefined ? undefined : `Parameter ${arn} is not valid. Reason: ${reason}`;
}

/**
 * Why nothing can be delivered to this target of a rule in that account, in AWS's words where they are known;
 * undefined when it can.
 */
export function refuseTarget(target: Target, account: string, rules: TargetRules): string | undefined {
  const { arn } = target;
  const name = kindName(arn);
  const wrongForm = `Parameter ${arn} is not valid. Reason: Provided Arn is not in correct format.`;
  if (name === undefined) return wrongForm;
  const kind = kinds.get(name);
  if (kind === undefined) {
    const supported = [...new Set(kinds.values())].map(({ looksLike }) => looksLike).join(', ');
    return `Parameter ${arn} is not valid. Reason: Busbar does not deliver to ${name} yet, only to ${supported}.`;
  }
  const parsed = parseArn(arn);
  if (!isOfForm(parsed, kind)) return wrongForm;
  const needsRole =
    kind.role === 'required' || (kind.role === 'across accounts' && parsed?.account !== account);
  if (needsRole && target.roleArn === undefined) return `RoleArn is required for target ${arn}.`;
  const { packageName } = kind;
  if (packageName !== undefined && !rules.isInstalled(packageName)) {
    return notValid(arn, `It needs a package that is not installed here: npm install ${packageName}`);
  }
  return kind.refuse?.(target, rules);
}

// The region becomes part of a host's name.
const REGION = /^[a-z]{2,}(-[a-z]+)+-\d+$/;

function isOfForm(arn: Arn | undefined, { resource, ofAws = false }: KindEntry): boolean {
  if (resource === undefined) return true;
  if (arn === undefined || !REGION.test(arn.region) || !resource.test(arn.resource)) return false;
  return /^\d{12}$/.test(arn.account) || (ofAws && arn.account === '');
}
