import type { Mark, Style } from '../terminal/style.ts';
import { wrapped } from '../terminal/wrap.ts';
import type { Finding, Severity } from './finding.ts';

const MARKS: Readonly<Record<Severity, Mark>> = { error: 'bad', warning: 'warning', note: 'name' };
const INDENT = 9;

/** Findings for people. Commands stay in one line, whatever the width, so that they can be copied. */
export function findingsText(
  findings: readonly Finding[],
  { style, width }: { readonly style: Style; readonly width: number },
): string {
  const margin = ' '.repeat(INDENT);
  const indented = (text: string) =>
    wrapped(text, Math.max(30, width - INDENT)).replaceAll('\n', `\n${margin}`);
  return findings
    .map(({ severity, check, what, why, mend }) => {
      const head = style(MARKS[severity], severity.padEnd(INDENT));
      const tag = `[${check}]`;
      const reason = indented(`${why} ${tag}`).slice(0, -tag.length) + style('dim', tag);
      const command = mend === undefined ? '' : `${margin}${style('bold', '$')} ${mend}\n`;
      return `${head}${indented(what)}\n${margin}${reason}\n${command}\n`;
    })
    .join('');
}

/** `1 error, 2 warnings and 3 notes`, or that there is nothing. */
export function countsText(findings: readonly Finding[]): string {
  const parts = (['error', 'warning', 'note'] as const).flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count.toLocaleString('en')} ${severity}${count === 1 ? '' : 's'}`];
  });
  const last = parts.pop();
  if (last === undefined) return 'Nothing is wrong.';
  return `${parts.length === 0 ? last : `${parts.join(', ')} and ${last}`}.`;
}
