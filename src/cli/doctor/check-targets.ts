import { parseArn } from '../../domain/arn.ts';
import type { Finding } from './finding.ts';
import { type Inventory, isAtWork, type ListedRule, type WireTarget } from './inventory.ts';
import { type Mending, ruleText } from './mending.ts';

/** Targets that lose what they do not take, and targets that are not there. */
export function checkTargets(inventory: Inventory, mending: Mending): readonly Finding[] {
  const isGone = goneTargets(inventory);
  return inventory.rules.filter(isAtWork).flatMap((rule) => {
    const gone = rule.targets.filter(({ Arn }) => isGone(Arn));
    return [...gone.map((target) => goneFinding(rule, target, mending)), ...deadLetterFinding(rule, mending)];
  });
}

function deadLetterFinding(rule: ListedRule, mending: Mending): readonly Finding[] {
  const without = rule.targets.filter(({ DeadLetterConfig }) => !DeadLetterConfig?.Arn);
  if (without.length === 0) return [];
  const isOne = without.length === 1;
  const targets = without.map((target) => ({ ...target, DeadLetterConfig: { Arn: 'QUEUE_ARN' } }));
  return [
    {
      severity: 'warning',
      check: 'no-dead-letter-queue',
      resource: rule.Arn,
      what: `${isOne ? 'Target' : 'Targets'} ${without.map(({ Id }) => Id).join(', ')} of the ${ruleText(rule)} ${isOne ? 'has' : 'have'} no dead-letter queue.`,
      why: "On AWS what can't be delivered is lost. (Busbar keeps it: busbar redrive.)",
      mend: mending.rule('put-targets', rule, { targets: JSON.stringify(targets) }, 'rule'),
    },
  ];
}

function goneFinding(rule: ListedRule, { Id, Arn }: WireTarget, mending: Mending): Finding {
  return {
    severity: 'error',
    check: 'target-is-gone',
    resource: rule.Arn,
    what: `Target ${Id} of the ${ruleText(rule)} does not exist: ${Arn}`,
    why: 'Each event for it fails.',
    mend: mending.rule('remove-targets', rule, { ids: Id }, 'rule'),
  };
}

// Of the same account and region only: what is elsewhere can't be seen from here.
function goneTargets({ eventBuses, apiDestinations, notLookedAt }: Inventory): (arn: string) => boolean {
  const own = parseArn(eventBuses[0]?.Arn ?? '');
  const busArns = new Set(eventBuses.map(({ Arn }) => Arn));
  const destinationArns = new Set(apiDestinations.map(({ ApiDestinationArn }) => ApiDestinationArn));
  const knowsDestinations = !notLookedAt.some((text) => text.startsWith('ListApiDestinations'));
  return (text) => {
    const arn = parseArn(text);
    if (arn?.service !== 'events' || arn.account !== own?.account || arn.region !== own.region) return false;
    if (arn.resource.startsWith('event-bus/')) return !busArns.has(text);
    return knowsDestinations && arn.resource.startsWith('api-destination/') && !destinationArns.has(text);
  };
}
