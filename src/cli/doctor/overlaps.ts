import { isDeepStrictEqual } from 'node:util';
import type { Finding } from './finding.ts';
import { ruleTitle, type Survey, type SurveyedRule } from './survey.ts';

/** Rules of one bus of which one matches all that another does, where both send it to the same place. */
export function overlaps({ rules }: Survey): readonly Finding[] {
  const findings: Finding[] = [];
  const live = rules.filter(({ isEnabled, pattern }) => isEnabled && pattern !== undefined);
  for (const [index, first] of live.entries()) {
    for (const second of live.slice(index + 1)) {
      if (first.busArn !== second.busArn) continue;
      const finding = overlap(first, second);
      if (finding !== undefined) findings.push(finding);
    }
  }
  return findings;
}

function overlap(first: SurveyedRule, second: SurveyedRule): Finding | undefined {
  const a = parsed(first.pattern);
  const b = parsed(second.pattern);
  const firstCovers = covers(a, b);
  const secondCovers = covers(b, a);
  if (!firstCovers && !secondCovers) return undefined;
  const shared = first.targets.find(({ arn }) => second.targets.some((target) => target.arn === arn));
  const subject = `${ruleTitle(first)} and ${ruleTitle(second)}`;
  if (shared === undefined) {
    if (!firstCovers || !secondCovers) return undefined;
    return {
      severity: 'note',
      check: 'same-pattern',
      subject,
      message: 'They have the same pattern.',
      advice: 'One rule with the targets of both would do.',
    };
  }
  const which =
    firstCovers && secondCovers ? 'Both match the same events' : 'One matches all that the other does';
  return {
    severity: 'warning',
    check: 'overlap',
    subject,
    message: `${which}, and both send them to ${shared.arn}: it gets them twice.`,
    advice: 'Take the target from one of them, or let its pattern leave out what the other takes.',
  };
}

/**
 * Whether a pattern matches every event that another one does. Answers true only where that is certain: every field of
 * the wide one is in the narrow one, with no test that the wide one does not have.
 */
export function covers(wide: unknown, narrow: unknown): boolean {
  if (Array.isArray(wide)) {
    if (!Array.isArray(narrow)) return false;
    return narrow.every((test) => wide.some((known) => isDeepStrictEqual(known, test)));
  }
  if (typeof wide !== 'object' || wide === null || typeof narrow !== 'object' || narrow === null)
    return false;
  const inner = new Map<string, unknown>(Object.entries(narrow));
  return Object.entries(wide).every(([name, value]) => inner.has(name) && covers(value, inner.get(name)));
}

function parsed(pattern: string | undefined): unknown {
  try {
    return JSON.parse(pattern ?? 'null');
  } catch {
    return undefined;
  }
}
