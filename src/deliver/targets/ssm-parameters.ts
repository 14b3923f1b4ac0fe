import type { Target } from '../../api-model/types.generated.ts';
import { membersOf, textOf } from './input-members.ts';

/**
 * The parameters of a Systems Manager document: each a list of texts, where a single one may stand without its list.
 * None where the target says nothing of its input, for the event as it is holds no parameters. Throws
 * UnusableInputError for anything else.
 */
export function documentParameters(target: Target, input: string): Record<string, string[]> | undefined {
  const { input: constant, inputPath, inputTransformer } = target;
  if (constant === undefined && inputPath === undefined && inputTransformer === undefined) return undefined;
  const entries = Object.entries(membersOf(input)).map(([name, value]): [string, string[]] => [
    name,
    [value].flat().map((each) => textOf(each, name)),
  ]);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
