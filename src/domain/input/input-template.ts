/** `<name>` in a template. */
export interface Placeholder {
  readonly name: string;
  /** Where it stands: alone, in a string, or in a string that names a member of an object. */
  readonly place: 'bare' | 'string' | 'member-name';
}

/** A template that was read: literal text and placeholders in turn. */
export interface InputTemplate {
  /** Whether values keep their JSON form: templates that begin with `{` are made of JSON, others of text. */
  readonly isObject: boolean;
  readonly segments: readonly (string | Placeholder)[];
}

const PLACEHOLDER = /<([A-Za-z0-9_.-]+)>/y;
const COLON_FOLLOWS = /[ \t\r\n]*:/y;

/**
 * Finds the placeholders of a template and whether each stands in a string. Any text is a template; whether it
 * makes JSON is for others to say.
 */
export function parseTemplate(text: string): InputTemplate {
  const segments: (string | Placeholder)[] = [];
  let literalFrom = 0;
  /** Of the string that is open: how many segments came before it. */
  let stringFrom: number | undefined;
  for (let at = 0; at < text.length; ) {
    const placeholder = text[at] === '<' ? matchAt(PLACEHOLDER, text, at) : undefined;
    if (placeholder !== undefined) {
      if (at > literalFrom) segments.push(text.slice(literalFrom, at));
      segments.push({ name: placeholder[1] ?? '', place: stringFrom === undefined ? 'bare' : 'string' });
      at += placeholder[0].length;
      literalFrom = at;
      continue;
    }
    if (text[at] === '"') {
      if (stringFrom === undefined) {
        stringFrom = segments.length;
      } else {
        if (matchAt(COLON_FOLLOWS, text, at + 1)) renameFrom(segments, stringFrom);
        stringFrom = undefined;
      }
    }
    at += isEscape(text, at, stringFrom !== undefined) ? 2 : 1;
  }
  if (text.length > literalFrom) segments.push(text.slice(literalFrom));
  return { isObject: text.startsWith('{'), segments };
}

/** A backslash hides a quote or another backslash, but no placeholder. */
function isEscape(text: string, at: number, inString: boolean): boolean {
  return inString && text[at] === '\\' && text[at + 1] !== '<';
}

/** The string that began after `from` segments turned out to be a member's name. */
function renameFrom(segments: (string | Placeholder)[], from: number): void {
  for (const [index, segment] of segments.entries()) {
    if (index >= from && typeof segment !== 'string') segments[index] = { ...segment, place: 'member-name' };
  }
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

/** The placeholders of a template in order. */
export function placeholdersOf(template: InputTemplate): readonly Placeholder[] {
  return template.segments.filter((segment) => typeof segment !== 'string');
}
