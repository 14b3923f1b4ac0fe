/**
 * The messages of the AWS CLI show values the way Python prints them; scripts and people know these texts, so
 * they are the same here.
 */
import { generalError } from './errors.ts';
import { isList, JsonObject, type ParameterValue } from './parameters/parameter-value.ts';

/** A value inside a message: text as it is, everything else as `pythonRepr`. */
export function pythonText(value: ParameterValue): string {
  return typeof value === 'string' ? value : pythonRepr(value);
}

/** A value as Python writes it in source: `True`, `None`, `'text'`, `{'a': [1, 2.0]}`. */
export function pythonRepr(value: ParameterValue): string {
  if (value === null) return 'None';
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return pythonFloat(value);
  if (isList(value)) return `[${value.map(pythonRepr).join(', ')}]`;
  const members = [...value];
  if (!(value instanceof JsonObject)) {
    return `{${members.map(([key, item]) => `${quoted(key)}: ${pythonRepr(item)}`).join(', ')}}`;
  }
  if (members.length === 0) return 'OrderedDict()';
  return `OrderedDict([${members.map(([key, item]) => `(${quoted(key)}, ${pythonRepr(item)})`).join(', ')}])`;
}

/** The name of a value's kind inside a message: `<class 'str'>`. */
export function pythonType(value: ParameterValue): string {
  return `<class '${typeName(value)}'>`;
}

/** Reads an integer the way Python's int() does. Fails with its text, exit 255. */
export function pythonInt(value: ParameterValue): bigint {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'number' && Number.isFinite(value)) return BigInt(Math.trunc(value));
  if (typeof value !== 'string') {
    throw generalError(
      `int() argument must be a string, a bytes-like object or a real number, not '${typeName(value)}'`,
    );
  }
  const digits = /^\s*([+-]?)(\d+(?:_\d+)*)\s*$/.exec(plainDigits(value));
  if (digits === null) throw generalError(`invalid literal for int() with base 10: ${quoted(value)}`);
  return BigInt(`${digits[1] === '-' ? '-' : ''}${digits[2]?.replaceAll('_', '')}`);
}

/** A text with the digits of every script as 0 to 9, for Python's numbers are read so: `１２` is 12. */
export function plainDigits(text: string): string {
  // The pattern is slow to make, and seldom needed.
  if (/^[ -~]*$/.test(text)) return text;
  return text.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    // The digits of a script stand in a row, and such rows begin with a zero.
    let first = code;
    while (/^\p{Nd}$/u.test(String.fromCodePoint(first - 1))) first -= 1;
    return String((code - first) % 10);
  });
}

function typeName(value: ParameterValue): string {
  if (value === null) return 'NoneType';
  if (typeof value === 'string') return 'str';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'bigint') return 'int';
  if (typeof value === 'number') return 'float';
  if (isList(value)) return 'list';
  return value instanceof JsonObject ? 'collections.OrderedDict' : 'dict';
}

// Python goes over to an exponent at 1e16 and below 1e-4, JavaScript at 1e21 and below 1e-6.
function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e16 || size < 1e-4)) {
    const [digits, exponent = '+0'] = value.toExponential().split('e');
    const sign = exponent.charAt(0);
    return `${digits}e${sign}${exponent.slice(1).padStart(2, '0')}`;
  }
  const text = Object.is(value, -0) ? '-0' : String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

const ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' };

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  // Control characters, surrogates without a partner, and separators other than the plain space. The pattern is
  // slow to make, and seldom needed.
  const unprintable = /[\\\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;
  const inner = text.replace(unprintable, (character) => ESCAPES[character] ?? codeEscape(character));
  return quote + (quote === "'" ? inner.replaceAll("'", "\\'") : inner) + quote;
}

function codeEscape(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, '0')}`;
  return `\\U${code.toString(16).padStart(8, '0')}`;
}
