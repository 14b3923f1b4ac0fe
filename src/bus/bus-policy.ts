import type { EventBus } from '../domain/event-bus.ts';
import { parsePolicy } from '../domain/policy/parse-policy.ts';
import type { Policy } from '../domain/policy/policy.ts';

// Event buses change by being replaced, so that a policy read once stays right.
const policies = new WeakMap<EventBus, Policy>();

/** The resource policy of an event bus, read; undefined when it has none, or is no bus. */
export function policyOf(bus: EventBus | undefined): Policy | undefined {
  if (bus?.policy === undefined) return undefined;
  let policy = policies.get(bus);
  if (policy === undefined) {
    policy = parsePolicy(bus.policy);
    policies.set(bus, policy);
  }
  return policy;
}
