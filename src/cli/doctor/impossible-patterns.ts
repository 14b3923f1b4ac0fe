import type { BusClient } from '../bus/bus-client.ts';
import type { ExplainedPattern } from '../explain/explanation.ts';
import type { Finding } from './finding.ts';
import { ruleTitle, type Survey } from './survey.ts';

/** Rules whose pattern no event can ever match, as the bus itself finds. Throws a CommandError. */
export async function impossiblePatterns({ rules }: Survey, bus: BusClient): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const rule of rules) {
    if (rule.pattern === undefined) continue;
    const body = `{"pattern":${rule.pattern}}`;
    const answer = JSON.parse(await bus.admin('POST', '/_busbar/explain', { body })) as ExplainedPattern;
    if (answer.canMatch !== false) continue;
    const [why] = answer.contradictions ?? [];
    findings.push({
      severity: 'problem',
      check: 'impossible-pattern',
      subject: ruleTitle(rule),
      message: `No event can match it: ${why?.path ?? ''}: ${why?.reason ?? ''}`,
      advice: why?.hint ?? 'busbar explain pattern tells what it means.',
    });
  }
  return findings;
}
