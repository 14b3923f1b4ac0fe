import type { WildcardCondition } from './pattern.ts';
import type { PatternReader } from './pattern-reader.ts';
import { wildcardSegments } from './wildcard.ts';

/** The condition of a wildcard; refused where the reader stands when `value` is none. */
export function parseWildcard(reader: PatternReader, value: string): WildcardCondition {
  const segments = wildcardSegments(value);
  return 'reason' in segments ? reader.refuse(segments.reason) : { kind: 'wildcard', value, segments };
}
