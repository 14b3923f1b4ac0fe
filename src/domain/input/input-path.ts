import type { JsonView } from './json-view.ts';

type Step =
  | { readonly kind: 'member'; readonly name: string }
  | { readonly kind: 'item'; readonly index: number }
  | { readonly kind: 'all' };

/** A path that was read: the steps down from the event. */
export type InputPath = readonly Step[];

const PATH = /^\$(?:\.[\w/-]+|\[(?:\d+|\*)\])*$/;
const STEP = /\.([\w/-]+)|\[(\d+)\]|\[\*\]/g;

/**
 * Reads a path of the kind that targets may have: `$`, then any number of `.name`, `[0]` and `[*]`. Undefined
 * when it is none: AWS takes no other part of JSONPath.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export function parseInputPath(text: string): InputPath | undefined {
  if (!PATH.test(text)) return undefined;
  return Array.from(text.matchAll(STEP), ([, name, index]): Step => {
    if (name !== undefined) return { kind: 'member', name };
    return index === undefined ? { kind: 'all' } : { kind: 'item', index: Number(index) };
  });
}

/**
 * What the path leads to, as compact JSON text with every digit kept; undefined when there is nothing. Behind
 * `[*]` that is a list of everything found, which may be empty.
 */
export function valueAt(event: JsonView, path: InputPath): string | undefined {
  let found: readonly number[] = [event.root];
  let isList = false;
  for (const step of path) {
    found = found.flatMap((value) => below(event, value, step));
    isList ||= step.kind === 'all';
    if (found.length === 0 && !isList) return undefined;
  }
  const values = found.map((value) => event.json(value));
  return isList ? `[${values.join(',')}]` : values[0];
}

function below(event: JsonView, value: number, step: Step): readonly number[] {
  if (step.kind === 'all') return event.items(value) ?? [...(event.members(value)?.values() ?? [])];
  const next =
    step.kind === 'member' ? event.members(value)?.get(step.name) : event.items(value)?.[step.index];
  return next === undefined ? [] : [next];
}
