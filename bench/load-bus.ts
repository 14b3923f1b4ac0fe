import { Connections } from './load-connections.ts';
import { SOURCE_PREFIX } from './load-events.ts';
import { sourceOf } from './load-numbers.ts';
import { type OwnProcess, startBusbar } from './load-processes.ts';
import { apiRequest, isOk } from './load-requests.ts';
import type { Setup } from './workload-contract.ts';

/** Starts a bus with one rule, which every entry matches and which owes each event to the target. */
export async function startBusFor(targetUrl: string, setup: Setup): Promise<OwnProcess> {
  return startBusWith([ruleTo(targetUrl, [{ prefix: SOURCE_PREFIX }])], setup);
}

/** Starts a bus with a rule for each target: it owes the events from the source `sourceOf(n)` to the nth. */
export async function startBusForEach(
  targetUrls: readonly string[],
  setup: Setup,
  existingFolder?: string,
): Promise<OwnProcess> {
  const rules = targetUrls.map((url, n) => ruleTo(url, [sourceOf(n)], ruleNameOf(n)));
  return startBusWith(rules, setup, existingFolder);
}

/** The name of the rule for the nth target. */
export function ruleNameOf(n: number): string {
  return `bench-${n}`;
}

/** The id of every rule's target. */
export const TARGET_ID = 'target';

interface BenchRule {
  readonly name: string;
  readonly pattern: string;
  readonly targetUrl: string;
}

function ruleTo(targetUrl: string, source: readonly unknown[], name = 'bench'): BenchRule {
  return { name, pattern: JSON.stringify({ source }), targetUrl };
}

async function startBusWith(
  rules: readonly BenchRule[],
  setup: Setup,
  existingFolder?: string,
): Promise<OwnProcess> {
  const bus = await startBusbar(setup, existingFolder);
  try {
    await putRules(bus.url, rules);
    return bus;
  } catch (error) {
    await bus.stop();
    throw error;
  }
}

async function putRules(url: string, rules: readonly BenchRule[]): Promise<void> {
  const requests = rules.flatMap(({ name, pattern, targetUrl }) => [
    apiRequest(url, 'PutRule', { Name: name, EventPattern: pattern }),
    apiRequest(url, 'PutTargets', { Rule: name, Targets: [{ Id: TARGET_ID, Arn: targetUrl }] }),
  ]);
  const connections = await Connections.open(url, 1, isOk);
  await connections.saturate(() => requests.shift());
  connections.close();
}
