import type { InputTemplate, Placeholder } from './input-template.ts';
import { unquoted } from './json-view.ts';

/** The value of a placeholder that leads to nothing in this event. */
export const MISSING = Symbol('missing');

/** A placeholder's value: compact JSON text, `MISSING`, or undefined when there is no such variable. */
export type Variables = (name: string) => string | typeof MISSING | undefined;

/**
 * Fills a template in one pass: what a value brings along is text, even when it looks like a placeholder.
 * Names that are no variable stay as they are written. Undefined when it gets longer than `maxCharacters`.
 */
export function renderTemplate(
  template: InputTemplate,
  variables: Variables,
  maxCharacters: number,
): string | undefined {
  let text = '';
  for (const segment of template.segments) {
    text += typeof segment === 'string' ? segment : renderPlaceholder(segment, template, variables);
    if (text.length > maxCharacters) return undefined;
  }
  return text;
}

function renderPlaceholder(
  { name, place }: Placeholder,
  { isObject }: InputTemplate,
  variables: Variables,
): string {
  const value = variables(name);
  const isBare = place === 'bare';
  if (value === undefined) return `<${name}>`;
  if (value === MISSING) return isObject && isBare ? '""' : '';
  if (value.startsWith('"')) return isObject ? jsonString(value, isBare) : unquoted(value);
  // Text templates lose every quote of objects and lists, which may leave no JSON: AWS does the same.
  if (!isObject && /^[{[]/.test(value)) return value.replaceAll('"', '');
  return value;
}

function jsonString(value: string, isBare: boolean): string {
  return isBare ? value : value.slice(1, -1);
}
