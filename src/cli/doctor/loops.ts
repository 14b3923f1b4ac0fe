import type { Finding } from './finding.ts';
import type { Survey } from './survey.ts';

interface Edge {
  readonly rule: string;
  readonly to: string;
}

/** Ways on which events may come back to the bus that they came from, by rules that send them from bus to bus. */
export function loops({ rules }: Survey): readonly Finding[] {
  const edges = new Map<string, Edge[]>();
  for (const { name, busArn, isEnabled, targets } of rules) {
    if (!isEnabled) continue;
    for (const { arn } of targets) {
      if (!arn.includes(':event-bus/')) continue;
      edges.set(busArn, [...(edges.get(busArn) ?? []), { rule: name, to: arn }]);
    }
  }
  const found = new Map<string, readonly string[]>();
  for (const start of edges.keys()) {
    for (const loop of loopsFrom(start, edges)) found.set([...loop.buses].sort().join(' '), loop.steps);
  }
  return [...found.values()].map((steps) => ({
    severity: 'problem',
    check: 'loop',
    subject: 'event buses',
    message: `Events may go round for ever: ${steps.join(', ')}.`,
    advice: 'Let a pattern leave out what came this way already.',
  }));
}

function loopsFrom(
  start: string,
  edges: ReadonlyMap<string, readonly Edge[]>,
): readonly { readonly buses: readonly string[]; readonly steps: readonly string[] }[] {
  const loops: { buses: readonly string[]; steps: readonly string[] }[] = [];
  const seen = new Set<string>();
  const walk = (bus: string, buses: readonly string[], steps: readonly string[]) => {
    for (const { rule, to } of edges.get(bus) ?? []) {
      const further = [...steps, `${nameOf(bus)} —${rule}→ ${nameOf(to)}`];
      if (to === start) loops.push({ buses, steps: further });
      else if (!seen.has(to)) {
        seen.add(to);
        walk(to, [...buses, to], further);
      }
    }
  };
  walk(start, [start], []);
  return loops;
}

function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
