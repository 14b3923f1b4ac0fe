import { addressDigits, parseBlock } from './address.ts';
import { caseAlternatives } from './ignore-case.ts';
import { comparableNumber } from './number.ts';
import { parseAnythingBut } from './parse-anything-but.ts';
import { parseNumeric } from './parse-numeric.ts';
import { parseWildcard } from './parse-wildcard.ts';
import type { Condition, StringCondition } from './pattern.ts';
import type { PatternReader } from './pattern-reader.ts';

/**
 * Reads one entry of a list of conditions. The reader stands on its first token and is left on its last.
 * Throws `InvalidPatternError`.
 */
export function parseCondition(reader: PatternReader): Condition {
  const { token } = reader;
  switch (token) {
    case 'start-object':
      return parseExpression(reader);
    case 'string':
      return stringLiteral(reader.text);
    case 'number':
      return { kind: 'number', text: reader.text, value: comparableNumber(reader.text) };
    case 'true':
    case 'false':
    case 'null':
      return { kind: 'token', token };
    default:
      return reader.refuse('Match value must be String, number, true, false, or null');
  }
}

function stringLiteral(value: string): StringCondition {
  return { kind: 'string', value, address: addressDigits(value) };
}

const EXPRESSIONS: ReadonlyMap<string, (reader: PatternReader) => Condition> = new Map([
  ['exactly', parseExactly],
  ['prefix', parsePrefix],
  ['suffix', parseSuffix],
  ['equals-ignore-case', parseEqualsIgnoreCase],
  ['wildcard', parseWildcardExpression],
  ['numeric', parseNumeric],
  ['cidr', parseCidr],
  ['anything-but', parseAnythingBut],
  ['exists', parseExists],
]);

function parseExpression(reader: PatternReader): Condition {
  if (reader.next() !== 'key') reader.refuse('Match expression name not found');
  const parse = EXPRESSIONS.get(reader.text);
  if (parse === undefined) return reader.refuse(`Unrecognized match type ${reader.text}`);
  reader.next();
  return parse(reader);
}

// Undocumented, but AWS's library knows it: another way to write a string literal.
function parseExactly(reader: PatternReader): Condition {
  const value = expectString(reader, 'exact match pattern must be a string');
  endExpression(reader);
  return { kind: 'string', value, address: undefined };
}

function parsePrefix(reader: PatternReader): Condition {
  if (reader.token === 'start-object') return parseAffixIgnoringCase(reader, 'prefix', 'Prefix');
  const value = expectString(reader, 'prefix match pattern must be a string');
  endExpression(reader);
  return { kind: 'prefix', value };
}

function parseSuffix(reader: PatternReader): Condition {
  if (reader.token === 'start-object') return parseAffixIgnoringCase(reader, 'suffix', 'Suffix');
  const value = expectString(reader, 'suffix match pattern must be a string');
  endExpression(reader);
  return { kind: 'suffix', value };
}

function parseAffixIgnoringCase(
  reader: PatternReader,
  affix: 'prefix' | 'suffix',
  title: 'Prefix' | 'Suffix',
): Condition {
  if (reader.next() !== 'key') reader.refuse(`${title} expression name not found`);
  if (reader.text !== 'equals-ignore-case') reader.refuse(`Unsupported ${affix} pattern: ${reader.text}`);
  reader.next();
  const value = expectString(reader, 'equals-ignore-case match pattern must be a string');
  endExpression(reader);
  endExpression(reader);
  return { kind: `${affix}-ignore-case`, value, alternatives: caseAlternatives(value) };
}

function parseEqualsIgnoreCase(reader: PatternReader): Condition {
  const value = expectString(reader, 'equals-ignore-case match pattern must be a string');
  endExpression(reader);
  return { kind: 'equals-ignore-case', value, alternatives: caseAlternatives(value) };
}

function parseWildcardExpression(reader: PatternReader): Condition {
  const value = expectString(reader, 'wildcard match pattern must be a string');
  const condition = parseWildcard(reader, value);
  endExpression(reader);
  return condition;
}

function parseCidr(reader: PatternReader): Condition {
  // AWS's slip of the pen: the reason for a cidr that is no string speaks of a prefix.
  const value = expectString(reader, 'prefix match pattern must be a string');
  const block = parseBlock(value);
  if ('reason' in block) return reader.refuseWithoutSuffix(block.reason);
  endExpression(reader);
  return { kind: 'cidr', value, ...block };
}

function parseExists(reader: PatternReader): Condition {
  const { token } = reader;
  if (token !== 'true' && token !== 'false') {
    return reader.refuse('exists match pattern must be either true or false.');
  }
  endExpression(reader);
  return { kind: 'exists', exists: token === 'true' };
}

function expectString(reader: PatternReader, reason: string): string {
  return reader.token === 'string' ? reader.text : reader.refuse(reason);
}

function endExpression(reader: PatternReader): void {
  if (reader.next() !== 'end-object') reader.refuse('Only one key allowed in match expression');
}
