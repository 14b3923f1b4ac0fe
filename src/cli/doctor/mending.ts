import { PROGRAM } from '../errors.ts';
import type { GlobalOptions } from '../global-options.ts';
import { shellWord } from '../terminal/shell-word.ts';
import type { ListedRule } from './inventory.ts';

type MendingOptions = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Writes the commands that mend what was found, for the bus that was looked at. */
export class Mending {
  readonly #options: readonly string[];

  constructor({ endpointUrl, region, profile }: Pick<GlobalOptions, 'endpointUrl' | 'region' | 'profile'>) {
    this.#options = [
      ...(endpointUrl === undefined ? [] : ['--endpoint-url', endpointUrl]),
      ...(region === undefined ? [] : ['--region', region]),
      ...(profile === undefined ? [] : ['--profile', profile]),
    ];
  }

  /** `busbar events OPERATION …`; options that are undefined are left out. */
  events(operation: string, options: MendingOptions): string {
    const words = Object.entries(options).flatMap(([name, value]) =>
      value === undefined ? [] : [`--${name}`, ...[value].flat().map(shellWord)],
    );
    return [PROGRAM, 'events', operation, ...words, ...this.#options.map(shellWord)].join(' ');
  }

  /** The same for a rule: its name and event bus first. */
  rule(
    operation: string,
    rule: Pick<ListedRule, 'Name' | 'EventBusName'>,
    options: MendingOptions = {},
    nameOption = 'name',
  ): string {
    const bus = rule.EventBusName === 'default' ? undefined : rule.EventBusName;
    return this.events(operation, { [nameOption]: rule.Name, 'event-bus-name': bus, ...options });
  }

  /** Puts a rule once more with other parts: what it has already must be said again. */
  putRule(rule: ListedRule, changes: Readonly<Record<string, string>>): string {
    return this.rule('put-rule', rule, {
      'event-pattern': rule.EventPattern,
      'schedule-expression': rule.ScheduleExpression,
      state: rule.State === 'ENABLED' ? undefined : rule.State,
      description: rule.Description,
      'role-arn': rule.RoleArn,
      ...changes,
    });
  }
}

/** `rule orders`, or `rule orders of the event bus shop`. */
export function ruleText({ Name, EventBusName }: Pick<ListedRule, 'Name' | 'EventBusName'>): string {
  return EventBusName === 'default' ? `rule ${Name}` : `rule ${Name} of the event bus ${EventBusName}`;
}
