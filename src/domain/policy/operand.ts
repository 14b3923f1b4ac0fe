import { ANY, ONE, type WildcardPattern } from './wildcard.ts';

/** The one value of a condition key; undefined when the request has none, or several. */
export type Lookup = (key: string) => string | undefined;

/** What in a text is more than its characters. */
export interface OperandOptions {
  /** Whether `*` and `?` stand for others. */
  readonly wildcards: boolean;
  /** Values of policy variables; undefined where the policy knows none. */
  readonly lookup: Lookup | undefined;
}

/**
 * Reads a value of a policy: variables are replaced (`${aws:PrincipalAccount}`, `${key, 'default'}`, and
 * `${*}` for a plain asterisk), and what they bring never acts as a wildcard. Undefined when a variable has
 * no value.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function operandOf(text: string, { wildcards, lookup }: OperandOptions): WildcardPattern | undefined {
  const pattern: number[] = [];
  let at = 0;
  let closing = 0;
  while (at < text.length) {
    if (lookup !== undefined && text.startsWith('${', at)) {
      // What was searched once is not searched again: many openings without an end stay cheap.
      if (closing >= 0 && closing < at + 2) closing = text.indexOf('}', at + 2);
      if (closing >= 0) {
        const value = variable(text.slice(at + 2, closing), lookup);
        if (value === undefined) return undefined;
        for (const character of value) pattern.push(character.codePointAt(0) ?? 0);
        at = closing + 1;
        continue;
      }
    }
    const codePoint = text.codePointAt(at) ?? 0;
    at += codePoint > 0xffff ? 2 : 1;
    pattern.push(wildcards ? placeOf(codePoint) : codePoint);
  }
  return pattern;
}

const ASTERISK = 0x2a;
const QUESTION_MARK = 0x3f;

function placeOf(codePoint: number): number {
  if (codePoint === ASTERISK) return ANY;
  return codePoint === QUESTION_MARK ? ONE : codePoint;
}

function variable(text: string, lookup: Lookup): string | undefined {
  if (text === '*' || text === '?' || text === '$') return text;
  const comma = text.indexOf(',');
  if (comma < 0) return lookup(text.trim());
  const preset = text.slice(comma + 1).trim();
  const quoted = preset.length >= 2 && preset.startsWith("'") && preset.endsWith("'");
  return lookup(text.slice(0, comma).trim()) ?? (quoted ? preset.slice(1, -1) : undefined);
}
