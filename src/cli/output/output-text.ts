import { isList, type ParameterValue } from '../parameters/parameter-value.ts';
import { pythonText } from '../python-text.ts';
import { compareTexts } from '../query/value-order.ts';

/**
 * A value as the AWS CLI prints text: fields between tabs, an object a line, its keys sorted; what is nested
 * follows on lines that begin with the upper-case name of its member. Ends with a newline, unless nothing is
 * printed.
 */
export function plainText(value: ParameterValue): string {
  return item(value, undefined);
}

function item(value: ParameterValue, name: string | undefined): string {
  if (value instanceof Map) return object(value, name, undefined);
  if (value !== null && isList(value)) return list(value, name);
  return `${pythonText(value)}\n`;
}

function list(values: readonly ParameterValue[], name: string | undefined): string {
  if (values.some((value) => value instanceof Map)) {
    const keys = scalarKeys(values);
    return values
      .map((value) => (value instanceof Map ? object(value, name, keys) : item(value, name)))
      .join('');
  }
  const scalars = values.filter(isScalar);
  const nested = values.filter((value) => !isScalar(value));
  return scalarLines(scalars, name) + nested.map((value) => item(value, name)).join('');
}

function scalarLines(values: readonly ParameterValue[], name: string | undefined): string {
  if (values.length === 0) return '';
  const fields = values.map(pythonText);
  if (name === undefined) return `${fields.join('\t')}\n`;
  return fields.map((field) => `${name.toUpperCase()}\t${field}\n`).join('');
}

// `keys` are the columns that the objects of a list share; a field that one of them lacks is empty.
function object(
  value: ReadonlyMap<string, ParameterValue>,
  name: string | undefined,
  keys: readonly string[] | undefined,
): string {
  const sorted = [...value.keys()].sort(compareTexts);
  const columns = keys ?? sorted.filter((key) => isScalar(value.get(key) ?? null));
  const fields = columns.map((key) => pythonText(value.get(key) ?? (value.has(key) ? null : '')));
  const nested = sorted.filter((key) => !columns.includes(key));
  const line = fields.length === 0 ? [] : [name === undefined ? fields : [name.toUpperCase(), ...fields]];
  return [
    ...line.map((cells) => `${cells.join('\t')}\n`),
    ...nested.map((key) => item(value.get(key) ?? null, key)),
  ].join('');
}

function scalarKeys(values: readonly ParameterValue[]): readonly string[] {
  const keys = new Set<string>();
  for (const value of values) {
    if (!(value instanceof Map)) continue;
    for (const [key, inner] of value) if (isScalar(inner)) keys.add(key);
  }
  return [...keys].sort(compareTexts);
}

function isScalar(value: ParameterValue): boolean {
  return value === null || !(isList(value) || value instanceof Map);
}
