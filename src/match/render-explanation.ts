import type { AlternativeVerdict, Explanation, FieldExplanation } from './explain.ts';

/** An explanation for a person: several lines of plain text, no line break at the end. */
export function renderExplanation(explanation: Explanation): string {
  const { matched, alternatives, nearest, fields, conflict } = explanation;
  const lines = [matched ? 'The event matches.' : 'The event does not match.'];
  const alternative = alternatives[nearest];
  if (alternative !== undefined && alternatives.length > 1)
    lines.push(alternativeLine(alternative, explanation));
  lines.push('');
  for (const field of fields) lines.push(...fieldLines(field));
  if (conflict !== undefined) lines.push('', conflict.reason);
  return lines.join('\n');
}

function alternativeLine({ branches, matched }: AlternativeVerdict, { alternatives }: Explanation): string {
  const name = branches.join(' > ');
  return matched
    ? `Of ${alternatives.length} alternatives ${name} is the first to hold.`
    : `None of ${alternatives.length} alternatives holds; ${name} comes nearest.`;
}

function fieldLines({ path, verdict, values, valueCount, reason }: FieldExplanation): readonly string[] {
  const lines = [`${verdict === 'holds' ? '✓' : '✗'} ${path}: ${reason}`];
  // A single value outside of arrays is in the reason already.
  if (valueCount < 2 && values.every(({ location }) => location === path)) return lines;
  for (const { location, text, holds } of values)
    lines.push(`    ${holds ? '✓' : '✗'} ${location} = ${text}`);
  if (valueCount > values.length) lines.push(`    … and ${valueCount - values.length} more`);
  return lines;
}
