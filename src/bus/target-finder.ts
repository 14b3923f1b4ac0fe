import type { Target } from '../api-model/types.generated.ts';
import { ruleArn } from '../domain/arn.ts';
import type { Rule } from '../domain/rule.ts';
import type { Collection } from './collection.ts';
import { busOfRule } from './configuration.ts';

/** Finds the target of a delivery by its owner's ARN, as it is configured now. */
export class TargetFinder {
  readonly #rules = new Map<string, Rule>();

  constructor(rules: Collection<Rule>) {
    rules.watch((place, rule) => {
      const { scope, busName } = busOfRule(place);
      const arn = ruleArn(scope, busName, place.name);
      if (rule === undefined) this.#rules.delete(arn);
      else this.#rules.set(arn, rule);
    });
  }

  /** Undefined when the owner, or that target of it, is gone. */
  find(owner: string, targetId: string): Target | undefined {
    return this.#rules.get(owner)?.targets.find((target) => target.id === targetId);
  }
}
