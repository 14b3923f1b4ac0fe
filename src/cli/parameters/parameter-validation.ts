import { type ListShape, type Shape, type StructureShape, shapeOf } from '../../api-model/api-model.ts';
import { validationError } from '../errors.ts';
import { pythonText, pythonType } from '../python-text.ts';
import { isList, type ParameterValue } from './parameter-value.ts';
import { isTimestamp } from './timestamp.ts';

/**
 * What the AWS CLI checks before it sends anything: required members, unknown members, kinds, and minimums.
 * Maximums, patterns and enums are the service's business. Throws one CommandError (exit 252) with a line for
 * each fault; `now` completes dates that lack a part.
 */
export function validateParameters(
  parameters: ReadonlyMap<string, ParameterValue>,
  inputShape: string,
  now: Date,
): void {
  const faults = [...faultsOf(parameters, shapeOf(inputShape), '', now)];
  if (faults.length > 0) throw validationError(`Parameter validation failed:\n${faults.join('\n')}`);
}

type Faults = Iterable<string>;

function* faultsOf(value: ParameterValue, shape: Shape, path: string, now: Date): Faults {
  switch (shape.type) {
    case 'structure':
      if (value instanceof Map) yield* structureFaults(value, shape, path, now);
      else yield wrongType(value, path, "<class 'dict'>");
      break;
    case 'map':
      if (!(value instanceof Map)) yield wrongType(value, path, "<class 'dict'>");
      else {
        for (const [key, item] of value) {
          yield* faultsOf(key, shapeOf(shape.key), `${path} (key: ${key})`, now);
          yield* faultsOf(item, shapeOf(shape.value), `${path}.${key}`, now);
        }
      }
      break;
    case 'list':
      if (value !== null && isList(value)) yield* listFaults(value, shape, path, now);
      else yield wrongType(value, path, "<class 'list'>, <class 'tuple'>");
      break;
    case 'string':
      if (typeof value !== 'string') yield wrongType(value, path, "<class 'str'>");
      else yield* tooShort([...value].length, shape.min, path);
      break;
    case 'boolean':
      if (typeof value !== 'boolean') yield wrongType(value, path, "<class 'bool'>");
      break;
    case 'timestamp':
      if (!isTimestamp(value, now)) {
        yield wrongType(value, path, "<class 'datetime.datetime'>, timestamp-string");
      }
      break;
    default:
      // A boolean passes for an integer, as it does in Python.
      if (typeof value !== 'bigint' && typeof value !== 'boolean')
        yield wrongType(value, path, "<class 'int'>");
      else if (shape.min !== undefined && Number(value) < shape.min) {
        yield `Invalid value for parameter ${named(path)}, value: ${pythonText(value)}, valid min value: ${shape.min}`;
      }
  }
}

function* structureFaults(
  value: ReadonlyMap<string, ParameterValue>,
  shape: StructureShape,
  path: string,
  now: Date,
): Faults {
  for (const name of shape.required ?? []) {
    if (!value.has(name)) yield `Missing required parameter in ${named(path)}: "${name}"`;
  }
  const names = Object.keys(shape.members);
  for (const name of value.keys()) {
    if (!names.includes(name)) {
      yield `Unknown parameter in ${named(path)}: "${name}", must be one of: ${names.join(', ')}`;
    }
  }
  for (const [name, item] of value) {
    const member = names.includes(name) ? shape.members[name] : undefined;
    if (member !== undefined) yield* faultsOf(item, shapeOf(member), `${path}.${name}`, now);
  }
}

function* listFaults(value: readonly ParameterValue[], shape: ListShape, path: string, now: Date): Faults {
  yield* tooShort(value.length, shape.min, path);
  for (const [index, item] of value.entries()) {
    yield* faultsOf(item, shapeOf(shape.member), `${path}[${index}]`, now);
  }
}

function* tooShort(length: number, least: number | undefined, path: string): Faults {
  if (least === undefined || length >= least) return;
  yield `Invalid length for parameter ${named(path)}, value: ${length}, valid min length: ${least}`;
}

function wrongType(value: ParameterValue, path: string, validTypes: string): string {
  const shown = `value: ${pythonText(value)}, type: ${pythonType(value)}`;
  return `Invalid type for parameter ${named(path)}, ${shown}, valid types: ${validTypes}`;
}

// The top level is called "input"; below it paths begin with the first member's name.
function named(path: string): string {
  return path === '' ? 'input' : path.replace(/^\./, '');
}
