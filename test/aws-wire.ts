import type { IncomingHttpHeaders } from 'node:http';
import { type AwsModel, awsModels, type Operation, type Ref, shapeFaults } from './aws-model.ts';

/** A request as it came in. */
export interface AwsRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A request as an operation of a service's API. */
export interface ReadCall {
  /** The service's name in the SDKs; undefined for what is signed for a service without a model. */
  readonly service: string | undefined;
  readonly operation: string;
  /** Members under their names on the wire, blobs as text. */
  readonly input: Readonly<Record<string, unknown>>;
  /** What is wrong with the request by the service's published shapes. */
  readonly faults: readonly string[];
}

/** Reads a request by the model of the service that it is signed for. Never throws: what is wrong is a fault. */
export function readCall(request: AwsRequest, signingName: string): ReadCall {
  const [service, model] =
    Object.entries(awsModels).find(([, each]) => each.signingName === signingName) ?? [];
  if (model === undefined) return { service, operation: '', input: {}, faults: [] };
  try {
    const { operation, input, faults } = readers[model.protocol](request, model);
    const shape = model.operations[operation]?.input;
    if (shape === undefined)
      throw new Error(`${signingName} has no operation ${operation} among those known here`);
    const all = [...faults, ...shapeFaults(model, shape, input)];
    return { service, operation, input: readable(input) as ReadCall['input'], faults: all };
  } catch (error) {
    return {
      service,
      operation: '',
      input: {},
      faults: [error instanceof Error ? error.message : String(error)],
    };
  }
}

interface RawCall {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly faults: readonly string[];
}

type Reader = (request: AwsRequest, model: AwsModel) => RawCall;

const readers: Readonly<Record<AwsModel['protocol'], Reader>> = {
  json({ headers, body, method, url }, model) {
    const [prefix, operation = ''] = String(headers['x-amz-target'] ?? '').split('.');
    const faults = [
      ...expected('method', method, 'POST'),
      ...expected('path', url, '/'),
      ...expected('prefix of X-Amz-Target', prefix, model.targetPrefix),
      ...expected('Content-Type', headers['content-type'], `application/x-amz-json-${model.jsonVersion}`),
    ];
    const shape = model.operations[operation]?.input ?? '';
    return {
      operation,
      input: decoded(model, { shape }, JSON.parse(body.toString())) as RawCall['input'],
      faults,
    };
  },

  query({ headers, body, method }, model) {
    const { Action = '', Version, ...members } = treeOf(new URLSearchParams(body.toString()));
    const operation = String(Action);
    const type = String(headers['content-type']).split(';')[0];
    const faults = [
      ...expected('method', method, 'POST'),
      ...expected('Version', Version, model.apiVersion),
      ...expected('Content-Type', type, 'application/x-www-form-urlencoded'),
    ];
    const shape = model.operations[operation]?.input ?? '';
    return { operation, input: fromTree(model, { shape }, members) as RawCall['input'], faults };
  },

  'rest-json'(request, model) {
    for (const [operation, description] of Object.entries(model.operations)) {
      const path = pathMembers(request, description);
      if (path !== undefined) {
        return { operation, input: restInput(request, { model, description, path }), faults: [] };
      }
    }
    throw new Error(`no operation is at ${request.method} ${request.url}`);
  },
};

function expected(what: string, actual: unknown, wanted: unknown): string[] {
  return actual === wanted ? [] : [`${what}: ${actual} in place of ${wanted}`];
}

/** JSON with its base64 as Buffers; what is no base64 stays text, which the check of shapes refuses. */
function decoded(model: AwsModel, ref: Ref | undefined, value: unknown): unknown {
  const shape = model.shapes[ref?.shape ?? ''];
  if (shape?.type === 'blob' && typeof value === 'string') {
    const bytes = Buffer.from(value, 'base64');
    return bytes.toString('base64') === value ? bytes : value;
  }
  if (Array.isArray(value)) return value.map((item) => decoded(model, shape?.member, item));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [
    name,
    decoded(model, shape?.members?.[name] ?? shape?.value, member),
  ]);
  return Object.fromEntries(members);
}

interface Tree {
  readonly [name: string]: Tree | string;
}

/** `A.member.1.B=x` as nested objects. */
function treeOf(parameters: URLSearchParams): Tree {
  const tree: Record<string, unknown> = {};
  for (const [name, value] of parameters) {
    const parts = name.split('.');
    const last = parts.pop() ?? '';
    let node = tree;
    for (const part of parts) {
      node[part] ??= {};
      node = node[part] as Record<string, unknown>;
    }
    node[last] = value;
  }
  return tree as Tree;
}

function fromTree(model: AwsModel, ref: Ref | undefined, node: Tree | string | undefined): unknown {
  const shape = model.shapes[ref?.shape ?? ''];
  if (node === undefined || shape === undefined) return node;
  if (typeof node === 'string') return fromText(shape.type, node);
  if (shape.type === 'list')
    return numbered(node['member']).map((item) => fromTree(model, shape.member, item));
  if (shape.type === 'map') {
    const entries = numbered(node['entry']).map((entry) => {
      const { [shape.key?.locationName ?? 'key']: key, [shape.value?.locationName ?? 'value']: value } =
        entry as Tree;
      return [key, fromTree(model, shape.value, value)];
    });
    return Object.fromEntries(entries);
  }
  return Object.fromEntries(
    Object.entries(node).map(([name, member]) => [name, fromTree(model, shape.members?.[name], member)]),
  );
}

function numbered(node: Tree | string | undefined): (Tree | string | undefined)[] {
  return node === undefined ? [] : Object.keys(node).map((_, n) => (node as Tree)[String(n + 1)]);
}

function fromText(type: string, text: string): unknown {
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  if (type === 'integer' || type === 'long' || type === 'float') return Number(text);
  return type === 'blob' ? Buffer.from(text, 'base64') : text;
}

/** The members in the path; undefined when it is not that operation's. */
function pathMembers({ method, url }: AwsRequest, operation: Operation): Record<string, string> | undefined {
  const given = (url.split('?')[0] ?? '').split('/');
  const template = (operation.path ?? '').split('/');
  if (method !== operation.method || given.length !== template.length) return undefined;
  const members: Record<string, string> = {};
  for (const [n, part] of template.entries()) {
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (name === undefined && part !== given[n]) return undefined;
    if (name !== undefined) members[name] = decodeURIComponent(given[n] ?? '');
  }
  return members;
}

function restInput(
  { url, headers, body }: AwsRequest,
  { model, description, path }: { model: AwsModel; description: Operation; path: Record<string, string> },
): RawCall['input'] {
  const shape = model.shapes[description.input];
  const query = new URLSearchParams(url.split('?')[1] ?? '');
  const located = Object.entries(shape?.members ?? {}).flatMap(
    ([name, { location, locationName = name }]) => {
      const value =
        location === 'uri'
          ? path[locationName]
          : location === 'header'
            ? headers[locationName.toLowerCase()]
            : location === 'querystring'
              ? (query.get(locationName) ?? undefined)
              : undefined;
      return value === undefined ? [] : [[name, value] as const];
    },
  );
  if (shape?.payload !== undefined) return { ...Object.fromEntries(located), [shape.payload]: body };
  const json = body.length === 0 ? {} : JSON.parse(body.toString());
  const members = Object.entries(json).map(([wireName, value]) => {
    const named = Object.entries(shape?.members ?? {}).find(([, ref]) => ref.locationName === wireName);
    const name = named?.[0] ?? wireName;
    return [name, decoded(model, shape?.members?.[name], value)];
  });
  return { ...Object.fromEntries(located), ...Object.fromEntries(members) };
}

/** With blobs as text, for tests to read. */
function readable(value: unknown): unknown {
  if (Buffer.isBuffer(value)) return value.toString();
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, readable(member)]));
}
