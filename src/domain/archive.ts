import type { ArchiveState } from '../api-model/types.generated.ts';
import type { BusEvent } from './event.ts';
import type { Rule } from './rule.ts';

/**
 * An archive as it is kept. Its name is unique in its account and region, where its event bus is too. What
 * state it is in follows from its rule.
 */
export interface Archive {
  readonly name: string;
  /** Tells it from archives that had its name before, a UUID: the key under which the store retains its events. */
  readonly id: string;
  /** The event bus that it archives. */
  readonly busName: string;
  /** As it was given; left out, every event is archived. */
  readonly eventPattern?: string | undefined;
  readonly description?: string | undefined;
  readonly kmsKeyIdentifier?: string | undefined;
  /** 0 keeps events for ever. */
  readonly retentionDays: number;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

/** That an archive is deleted, kept until its events are gone. It counts as soon as the archive is gone. */
export interface ArchiveRemoval {
  /** The id of the archive. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly deletedAt: number;
}

/** An event in an archive. */
export interface ArchivedEvent {
  readonly event: BusEvent;
  /** Its place in the archive, as its store names places. */
  readonly position: string;
}

/** What an archive holds. */
export interface ArchiveSize {
  readonly events: number;
  /** The envelopes as UTF-8. */
  readonly bytes: number;
}

/** The AWS service that manages the rules of archives. */
export const ARCHIVE_SERVICE = 'prod.vhs.events.aws.internal';

const RULE_PREFIX = 'Events-Archive-';

/** The rule on an archive's event bus that picks its events. */
export function archiveRuleName(archiveName: string): string {
  return RULE_PREFIX + archiveName;
}

/** The name of the archive that a rule works for: AWS's service manages it, and it has the service as its target. */
export function archiveOfRule(rule: Rule): string | undefined {
  const works = rule.managedBy === ARCHIVE_SERVICE && rule.targets.some(({ arn }) => isArchiveService(arn));
  return works && rule.name.startsWith(RULE_PREFIX) ? rule.name.slice(RULE_PREFIX.length) : undefined;
}

/** The one target of an archive's rule: no resource of anybody's, but the service behind archives. */
export function archiveServiceArn(region: string): string {
  return `arn:aws:events:${region}:::`;
}

export function isArchiveService(arn: string): boolean {
  return /^arn:aws:events:[^:]+:::$/.test(arn);
}

/** How an archive is, and why where that needs saying. */
export interface ArchiveStatus {
  readonly state: ArchiveState;
  readonly stateReason?: string;
}

/** An archive works as long as its rule and the rule's target are there: users may remove both by force. */
export function archiveStatus(rule: Rule | undefined): ArchiveStatus {
  if (rule !== undefined && archiveOfRule(rule) !== undefined) return { state: 'ENABLED' };
  return { state: 'DISABLED', stateReason: 'Managed rule for the archive was forcefully deleted.' };
}
