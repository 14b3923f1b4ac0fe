import { parseInputPath, valueAt } from '../../domain/input/input-path.ts';
import { JsonView } from '../../domain/input/json-view.ts';

/**
 * Resolves parameters that are a path into the event, `$.detail.id`, as a whole; others are taken as they
 * stand. A string comes without its quotes, anything else as JSON; undefined when the path leads nowhere.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html
 */
export function dynamicValues(envelope: string): (value: string) => string | undefined {
  let view: JsonView | undefined;
  return (value) => {
    const path = value.startsWith('$.') ? parseInputPath(value) : undefined;
    if (path === undefined) return value;
    view ??= new JsonView(envelope);
    const json = valueAt(view, path);
    return json?.startsWith('"') ? String(JSON.parse(json)) : json;
  };
}
