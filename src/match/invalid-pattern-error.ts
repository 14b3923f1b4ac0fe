import type { Location } from './json-reader.ts';

/** What is known about a refusal besides AWS's reason. */
export interface RefusalDetails {
  /** What AWS's message ends in, after the reason; empty where AWS names no place. */
  readonly suffix: string;
  readonly location: Location | undefined;
  /** Where the offending token begins in the pattern text, in code units from 0. */
  readonly offset: number | undefined;
  /** The dotted path of the field; undefined where the trouble lies outside any field. */
  readonly path: string | undefined;
  /** What was probably meant, in our words. */
  readonly hint: string | undefined;
}

/**
 * An event pattern that AWS refuses. `message` is what the service's InvalidEventPatternException says, to
 * the letter, place included; everything else is for people and tools.
 */
export class InvalidPatternError extends Error {
  override readonly name = 'InvalidPatternError';
  /** AWS's reason alone: no prefix, no place. */
  readonly reason: string;
  /** The pattern text that was refused. */
  readonly pattern: string;
  /** Where AWS's parser stood, counted from 1: just after the token it looked at. */
  readonly line: number | undefined;
  readonly column: number | undefined;
  readonly offset: number | undefined;
  readonly path: string | undefined;
  readonly hint: string | undefined;

  constructor(pattern: string, reason: string, details: RefusalDetails) {
    super(`Event pattern is not valid. Reason: ${reason}${details.suffix}`);
    this.pattern = pattern;
    this.reason = reason;
    this.line = details.location?.line;
    this.column = details.location?.column;
    this.offset = details.offset;
    this.path = details.path;
    this.hint = details.hint;
  }
}

// The service cuts the pattern short in its own messages.
const LONGEST_QUOTE = 500;

/** How AWS's messages name a place: the text that was read, cut at 500 characters, then line and column. */
export function locationSuffix(pattern: string, { line, column }: Location): string {
  const visible = pattern.slice(0, LONGEST_QUOTE).replace(CONTROL, controlEscape);
  const cut = pattern.length - LONGEST_QUOTE;
  const truncated = cut > 0 ? `[truncated ${cut} chars]` : '';
  return `\n at [Source: (String)"${visible}"${truncated}; line: ${line}, column: ${column}]`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what AWS escapes, but for line breaks.
const CONTROL = /[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

function controlEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

// What a terminal shows of a line beside a caret.
const WINDOW = 76;

/**
 * The refusal for a person: the reason, the line of the pattern with a caret under the trouble, the field
 * and the hint, where known. Several lines, no line break at the end.
 */
export function renderInvalidPattern(error: InvalidPatternError): string {
  const lines = [error.reason];
  if (error.offset !== undefined) lines.push('', ...caretLines(error.pattern, error.offset));
  if (error.path !== undefined) lines.push('', `Field: ${error.path}`);
  if (error.hint !== undefined) lines.push('', `Hint: ${error.hint}`);
  return lines.join('\n');
}

function caretLines(text: string, offset: number): readonly string[] {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  const start = offset - (before.at(-1)?.length ?? 0);
  const line = text.slice(start).split(/[\r\n]/)[0] ?? '';
  const column = offset - start;
  const from = Math.max(0, Math.min(column - WINDOW / 2, line.length - WINDOW));
  const visible = line.slice(from, from + WINDOW).replaceAll('\t', ' ');
  const label = `${before.length} | `;
  return [`${label}${visible}`, `${' '.repeat(label.length + column - from)}^`];
}
