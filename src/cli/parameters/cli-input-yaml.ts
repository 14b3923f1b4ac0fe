import type { ParameterValue } from './parameter-value.ts';

/** A text that is no YAML, or more than one document of it. */
export class YamlTextError extends Error {}

/**
 * Reads one YAML document (version 1.2: `yes` is a text) as the value of parameters. Dates without quotes stay the
 * texts that they are; parameters that are times read these. The reader is loaded here, when it is used. Throws
 * YamlTextError.
 */
export async function parseYaml(text: string): Promise<ParameterValue> {
  const { parseDocument } = await import('yaml');
  const document = parseDocument(text, { intAsBigInt: true, merge: true, logLevel: 'error' });
  // A tag that is not known is only a warning of the reader; what it stands for can't be sent.
  const [error] = [...document.errors, ...document.warnings];
  if (error !== undefined) throw new YamlTextError(error.message);
  try {
    return parameterValue(document.toJS({ mapAsMap: true }));
  } catch (error) {
    // Aliases that multiply without end.
    if (error instanceof ReferenceError) throw new YamlTextError(error.message);
    throw error;
  }
}

function parameterValue(value: unknown): ParameterValue {
  if (value === null || value === undefined) return null;
  if (value instanceof Map) {
    return new Map([...value].map(([key, item]) => [String(key), parameterValue(item)]));
  }
  if (value instanceof Set) return parameterValue([...value]);
  if (Array.isArray(value)) return value.map(parameterValue);
  return isPlain(value) ? value : String(value);
}

function isPlain(value: unknown): value is string | boolean | number | bigint {
  return ['string', 'boolean', 'number', 'bigint'].includes(typeof value);
}
