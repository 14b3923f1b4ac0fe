import { rulePlace } from '../bus/configuration.ts';
import { ARCHIVE_SERVICE, type Archive, archiveRuleName, archiveServiceArn } from '../domain/archive.ts';
import { archiveArn } from '../domain/arn.ts';
import { ServiceError } from '../domain/errors.ts';
import type { Rule } from '../domain/rule.ts';
import type { Scope } from '../domain/scope.ts';
import type { ActionContext } from './action.ts';
import { archiveRulePattern } from './archive-pattern.ts';
import { checkQuota } from './quota.ts';

type Surroundings = Pick<ActionContext, 'scope' | 'configuration' | 'limits'>;

/** The rule of an archive as it is now, or whatever rule has its name. */
export function presentArchiveRule(
  archive: Archive,
  { scope, configuration }: Surroundings,
): Rule | undefined {
  return configuration.rule(scope, archive.busName, archiveRuleName(archive.name));
}

/**
 * Refuses an archive whose rule could not be put: its name is taken by somebody's own rule, or the event bus
 * has as many rules as it may have.
 */
export function refuseUnrulable(archive: Archive, context: Surroundings): void {
  const { scope, configuration, limits } = context;
  const rule = presentArchiveRule(archive, context);
  if (rule !== undefined) {
    if (rule.managedBy === ARCHIVE_SERVICE) return;
    throw new ServiceError(
      'ResourceAlreadyExistsException',
      `A rule with the pattern '${rule.name}' already exists. Please choose a different archive name or delete your rule, then, try again.`,
    );
  }
  checkQuota(configuration.listRules(scope, archive.busName).length + 1, limits.rulesPerEventBus);
}

/**
 * Brings an archive's rule in line with the archive as it is when the rule is written: put, or gone with it.
 * So the last of several changes wins in both, in whatever order they arrive here.
 */
export async function alignArchiveRule(archive: Archive, context: Surroundings): Promise<void> {
  const { scope, configuration } = context;
  const place = rulePlace(scope, archive.busName, archiveRuleName(archive.name));
  await configuration.rules.change(place, (current): Rule | undefined => {
    const now = configuration.archive(scope, archive.name);
    if (now?.busName === archive.busName) {
      refuseUnrulable(now, context);
      return archiveRule(now, scope);
    }
    return current?.managedBy === ARCHIVE_SERVICE ? undefined : current;
  });
}

function archiveRule(archive: Archive, scope: Scope): Rule {
  const name = archiveRuleName(archive.name);
  return {
    name,
    busName: archive.busName,
    eventPattern: archiveRulePattern(archive.eventPattern),
    state: 'ENABLED',
    managedBy: ARCHIVE_SERVICE,
    createdBy: scope.account,
    tags: [],
    targets: [
      {
        id: name,
        arn: archiveServiceArn(scope.region),
        inputTransformer: {
          inputPathsMap: {},
          inputTemplate: `{"archive-arn": "${archiveArn(scope, archive.name)}:${archive.id}","event": <aws.events.event.json>,"ingestion-time": <aws.events.event.ingestion-time>}`,
        },
      },
    ],
  };
}
