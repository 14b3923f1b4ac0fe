import type { Target } from '../../api-model/types.generated.ts';
import type { TargetKind, TargetSettings } from './target-kind.ts';

/** What this installation lets be a target. */
export interface TargetRules
  extends Pick<TargetSettings, 'egress' | 'fileFolders' | 'commands' | 'reservedSubjects'> {
  /** Whether a package can be loaded. */
  readonly isInstalled: (packageName: string) => boolean;
}

/** A kind of target as the table has it. */
export interface KindEntry<Kind extends TargetKind = TargetKind> {
  /** For people: what a target's ARN looks like. */
  readonly looksLike: string;
  /** The resources of its service's ARNs that can be a target; all where it is left out. */
  readonly resource?: RegExp;
  /** AWS itself has such resources too: their ARNs name no account. */
  readonly ofAws?: boolean;
  /** Whether AWS wants a RoleArn for it, if only where the target is in another account than its rule. */
  readonly role?: 'required' | 'across accounts';
  /** What else is wrong with a target of this kind, in AWS's words where they are known. */
  readonly refuse?: (target: Target, rules: TargetRules) => string | undefined;
  /** Whether what such a target gets must follow one after the other, in the order in which it fell due. */
  readonly isOrdered?: (target: Target) => boolean;
  /** The package that such targets need, where it does not come with Busbar. */
  readonly packageName?: string;
  /** Loaded with the first delivery: an SDK client is not small. */
  readonly load: (settings: TargetSettings) => Promise<Kind>;
}
