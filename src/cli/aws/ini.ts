/** A section of an AWS configuration file: a value is a text, or a block of indented lines. */
export type IniSection = ReadonlyMap<string, string | ReadonlyMap<string, string>>;

/** A file that is not in the format. */
export class IniError extends Error {}

/**
 * The sections of an AWS configuration file by name. Keys are in lower case; lines that begin with space go on
 * with the value before them; `#` and `;` begin a comment line. Throws IniError for lines outside a section,
 * lines without `=` or `:`, and for sections or keys that come twice.
 */
export function parseIni(text: string): ReadonlyMap<string, IniSection> {
  const sections = new Map<string, Map<string, string[]>>();
  let section: Map<string, string[]> | undefined;
  let value: string[] | undefined;
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (/^\s*[#;]/.test(line)) continue;
    if (line.trim() === '') continue;
    if (/^\s/.test(line) && value !== undefined) {
      value.push(line.trim());
      continue;
    }
    const header = /^\s*\[(.+)\]/.exec(line)?.[1];
    if (header !== undefined) {
      section = added(sections, header, new Map());
      value = undefined;
    } else {
      value = keyAndValue(line, section);
    }
  }
  return new Map([...sections].map(([name, keys]) => [name, finished(keys)]));
}

function keyAndValue(line: string, section: Map<string, string[]> | undefined): string[] {
  const match = /^(.*?)\s*[=:]\s*(.*)$/.exec(line.trim());
  if (match === null || section === undefined) throw new IniError(`no section or no value: ${line}`);
  return added(section, (match[1] ?? '').toLowerCase(), [match[2] ?? '']);
}

function added<Item>(items: Map<string, Item>, name: string, item: Item): Item {
  if (items.has(name)) throw new IniError(`${name} is there twice`);
  items.set(name, item);
  return item;
}

function finished(keys: ReadonlyMap<string, readonly string[]>): IniSection {
  return new Map(
    [...keys].map(([key, [first = '', ...more]]) => [
      key,
      first === '' && more.length > 0 ? block(more) : [first, ...more].join('\n'),
    ]),
  );
}

function block(lines: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    lines.map((line) => {
      const equals = line.indexOf('=');
      if (equals < 0) throw new IniError(`no value: ${line}`);
      return [line.slice(0, equals).trim(), line.slice(equals + 1).trim()];
    }),
  );
}
