import { generalError } from '../errors.ts';
import { asciiJson } from '../output/output-json.ts';
import { JsonTextError, parseJson } from '../parameters/json-text.ts';
import type { ParameterValue } from '../parameters/parameter-value.ts';

/** Where a command goes on, as its `--starting-token` says. */
export interface PagingStart {
  /** The service's token by the name of its parameter; null for the first page. */
  readonly tokens: ReadonlyMap<string, ParameterValue>;
  /** How many items of that page come before. */
  readonly skip: number;
}

const SHOWN = 'boto_truncate_amount';

/**
 * The token with which another command goes on: JSON in base64, the same as the AWS CLI's. `shown` is how many
 * items of the page behind `token` have been shown, left out at the page's end.
 */
export function encodePagingToken({
  name,
  token,
  shown,
}: {
  readonly name: string;
  readonly token: ParameterValue;
  readonly shown?: number;
}): string {
  const part = shown === undefined ? '' : `, "${SHOWN}": ${shown}`;
  const json = `{${JSON.stringify(name)}: ${token === null ? 'null' : asciiJson(String(token))}${part}}`;
  return Buffer.from(json).toString('base64');
}

/** Reads a token of the AWS CLI, of the service, or of old versions. Throws (exit 255) for what is none. */
export function decodePagingToken(text: string | undefined, name: string): PagingStart {
  if (text === undefined) return { tokens: new Map(), skip: 0 };
  const own = ownToken(text);
  if (own === undefined) return oldToken(text, name);
  const tokens = new Map(own);
  tokens.delete(SHOWN);
  return { tokens, skip: Number(own.get(SHOWN) ?? 0) };
}

function ownToken(text: string): ReadonlyMap<string, ParameterValue> | undefined {
  const base64 = text.replace(/[^A-Za-z0-9+/=]/g, '');
  if (base64.replace(/=+$/, '').length % 4 !== 0 && !base64.endsWith('=')) return undefined;
  try {
    const value = parseJson(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(base64, 'base64')));
    return value instanceof Map ? value : undefined;
  } catch (error) {
    if (error instanceof JsonTextError || error instanceof TypeError) return undefined;
    throw error;
  }
}

// `token___index`, or the service's own token as it is.
function oldToken(text: string, name: string): PagingStart {
  const parts = text.split('___');
  const [token = '', index = '', ...others] = parts;
  if (parts.length === 2 && /^\s*[+-]?\d+\s*$/.test(index)) {
    return { tokens: new Map([[name, token === 'None' ? null : token]]), skip: Number(index) };
  }
  if (others.length > 0) throw generalError(`Bad starting token: ${text}`);
  return { tokens: new Map([[name, text === 'None' ? null : text]]), skip: 0 };
}
