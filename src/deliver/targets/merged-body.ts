import { JsonView } from '../../domain/input/json-view.ts';

/**
 * A JSON object with members added, or replaced where they are there already; everything else stays as it
 * is written, digit for digit. What is no object has no members to add to and is returned as it is.
 */
export function mergedBody(json: string, members: ReadonlyMap<string, string>): string {
  if (members.size === 0) return json;
  const view = new JsonView(json);
  const present = view.members(view.root);
  if (present === undefined) return json;
  const all = new Map([...present].map(([name, value]) => [name, view.json(value)]));
  for (const [name, value] of members) all.set(name, JSON.stringify(value));
  return `{${[...all].map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`;
}
