import { isList, type ParameterValue } from '../parameters/parameter-value.ts';
import { pythonRepr } from '../python-text.ts';

/** A value as the AWS CLI prints JSON: four spaces a level, characters as they are, no newline at the end. */
export function indentedJson(value: ParameterValue): string {
  return json(value, '\n');
}

/** The same value in one line without spaces, as it goes over the wire. */
export function compactJson(value: ParameterValue): string {
  return json(value, '');
}

/** The same in ASCII: all else is escaped. */
export function asciiJson(value: ParameterValue): string {
  return compactJson(value).replace(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

// `newline` is the line break with the present indentation, empty for one line.
function json(value: ParameterValue, newline: string): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') return number(value);
  const inner = newline === '' ? '' : `${newline}    `;
  if (isList(value)) {
    if (value.length === 0) return '[]';
    return `[${inner}${value.map((item) => json(item, inner)).join(`,${inner}`)}${newline}]`;
  }
  if (value.size === 0) return '{}';
  const colon = newline === '' ? ':' : ': ';
  const members = [...value].map(([key, item]) => `${JSON.stringify(key)}${colon}${json(item, inner)}`);
  return `{${inner}${members.join(`,${inner}`)}${newline}}`;
}

function number(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  return pythonRepr(value);
}
