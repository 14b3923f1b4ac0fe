import type { BusClient } from '../bus/bus-client.ts';

/** What is configured, as far as `busbar doctor` looks at it. */
export interface Survey {
  readonly rules: readonly SurveyedRule[];
  readonly apiDestinations: readonly SurveyedApiDestination[];
}

export interface SurveyedRule {
  readonly name: string;
  readonly busName: string;
  readonly busArn: string;
  readonly isEnabled: boolean;
  /** JSON; undefined for rules with a schedule only. */
  readonly pattern: string | undefined;
  readonly targets: readonly SurveyedTarget[];
}

export interface SurveyedTarget {
  readonly id: string;
  readonly arn: string;
  readonly hasDeadLetterQueue: boolean;
}

export interface SurveyedApiDestination {
  readonly name: string;
  readonly arn: string;
  readonly endpoint: string;
  readonly isActive: boolean;
}

interface Named {
  readonly Name: string;
  readonly Arn: string;
}

interface RuleItem extends Named {
  readonly State?: string;
  readonly EventPattern?: string;
}

interface TargetItem {
  readonly Id: string;
  readonly Arn: string;
  readonly DeadLetterConfig?: { readonly Arn?: string };
}

interface ApiDestinationItem {
  readonly Name: string;
  readonly ApiDestinationArn: string;
  readonly ApiDestinationState: string;
  readonly InvocationEndpoint: string;
}

/** Reads all event buses, rules, targets and API destinations of the account and region. Throws a CommandError. */
export async function survey(bus: BusClient): Promise<Survey> {
  const buses = await bus.list<Named>('ListEventBuses', 'EventBuses');
  const rules: SurveyedRule[] = [];
  for (const { Name: busName, Arn: busArn } of buses) {
    const items = await bus.list<RuleItem>('ListRules', 'Rules', { EventBusName: busName });
    for (const { Name: name, State, EventPattern: pattern } of items) {
      const targets = await bus.list<TargetItem>('ListTargetsByRule', 'Targets', {
        Rule: name,
        EventBusName: busName,
      });
      const isEnabled = State !== 'DISABLED';
      rules.push({ name, busName, busArn, isEnabled, pattern, targets: targets.map(surveyedTarget) });
    }
  }
  const destinations = await bus.list<ApiDestinationItem>('ListApiDestinations', 'ApiDestinations');
  return { rules, apiDestinations: destinations.map(surveyedDestination) };
}

function surveyedTarget({ Id: id, Arn: arn, DeadLetterConfig }: TargetItem): SurveyedTarget {
  return { id, arn, hasDeadLetterQueue: DeadLetterConfig?.Arn !== undefined };
}

function surveyedDestination(item: ApiDestinationItem): SurveyedApiDestination {
  return {
    name: item.Name,
    arn: item.ApiDestinationArn,
    endpoint: item.InvocationEndpoint,
    isActive: item.ApiDestinationState === 'ACTIVE',
  };
}

/** A rule as messages name it. */
export function ruleTitle({ name, busName }: SurveyedRule): string {
  return busName === 'default' ? `rule ${name}` : `rule ${name} on ${busName}`;
}
