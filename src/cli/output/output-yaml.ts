import { isList, type ParameterValue } from '../parameters/parameter-value.ts';
import { pythonRepr } from '../python-text.ts';
import { compareTexts } from '../query/value-order.ts';
import { indentedJson } from './output-json.ts';
import { isSimpleKey, scalarStyle } from './yaml-scalar.ts';

/**
 * A value as the AWS CLI prints YAML: keys sorted, two spaces a level, lists not indented, long texts folded. A
 * single text or number is JSON. Ends with a newline.
 */
export function yamlText(value: ParameterValue): string {
  if (!isCollection(value)) return `${indentedJson(value)}\n`;
  const writer = new YamlWriter();
  writer.node(value, 0);
  return `${writer.text}\n`;
}

/** One text as it stands in YAML, in a line of its own. */
export function yamlScalar(text: string): string {
  const writer = new YamlWriter();
  writer.scalar(text, Number.NaN);
  return writer.text;
}

type Collection = readonly ParameterValue[] | ReadonlyMap<string, ParameterValue>;

function isCollection(value: ParameterValue): value is Collection {
  return value instanceof Map || (value !== null && isList(value));
}

// Lines longer than this are folded at their next single space.
const WIDTH = 80;

class YamlWriter {
  text = '';
  #column = 0;

  /** Writes a collection whose first line has begun already; its other lines begin at `indent`. */
  node(value: Collection, indent: number): void {
    if (value instanceof Map) this.#object(value, indent);
    else if (isList(value)) this.#list(value, indent);
  }

  scalar(text: string, indent: number): void {
    const style = scalarStyle(text);
    if (style === 'double') this.#doubleQuoted(text, indent);
    else if (style === 'single') this.#singleQuoted(text, indent);
    else this.#folded(text, indent);
  }

  #list(list: readonly ParameterValue[], indent: number): void {
    if (list.length === 0) this.#write('[]');
    for (const [index, item] of list.entries()) {
      if (index > 0) this.#line(indent);
      this.#write('- ');
      this.#value(item, indent + 2);
    }
  }

  #object(object: ReadonlyMap<string, ParameterValue>, indent: number): void {
    if (object.size === 0) this.#write('{}');
    const members = [...object].sort(([one], [other]) => compareTexts(one, other));
    for (const [index, [key, value]] of members.entries()) {
      if (index > 0) this.#line(indent);
      this.#key(key, indent);
      this.#member(value, indent);
    }
  }

  #key(key: string, indent: number): void {
    if (isSimpleKey(key)) {
      this.scalar(key, Number.NaN);
    } else {
      this.#write('? ');
      this.scalar(key, indent + 2);
      this.#line(indent);
    }
    this.#write(':');
  }

  #member(value: ParameterValue, indent: number): void {
    if (!isCollection(value) || sizeOf(value) === 0) {
      this.#write(' ');
      this.#value(value, indent + 2);
      return;
    }
    // Items of a list stand below the key, members of an object further in.
    const inner = value instanceof Map ? indent + 2 : indent;
    this.#line(inner);
    this.node(value, inner);
  }

  #value(value: ParameterValue, indent: number): void {
    if (isCollection(value)) this.node(value, indent);
    else if (typeof value === 'string') this.scalar(value, indent);
    else this.#write(typeof value === 'number' ? yamlNumber(value) : String(value));
  }

  // Of the spaces that stand alone one may become the line's end, once the line is full.
  #folded(text: string, indent: number, quote = ''): void {
    const characters = [...text];
    for (const [index, character] of characters.entries()) {
      const inside = quote === '' || (index > 0 && index < characters.length - 1);
      const alone = character === ' ' && characters[index - 1] !== ' ' && characters[index + 1] !== ' ';
      if (alone && inside && this.#isFull(indent)) this.#line(indent);
      else this.#write(character === quote ? `${quote}${quote}` : character);
    }
  }

  #singleQuoted(text: string, indent: number): void {
    this.#write("'");
    // A line break is written twice, for a single one reads back as a space.
    for (const [index, part] of text.split(/([\n\u2028\u2029]+)/).entries()) {
      if (index % 2 === 0) {
        this.#folded(part, indent, "'");
        continue;
      }
      this.#raw(part.startsWith('\n') ? `\n${part}` : part);
      this.#write(' '.repeat(indent));
    }
    this.#write("'");
  }

  #doubleQuoted(text: string, indent: number): void {
    this.#write('"');
    const characters = [...text];
    for (const [index, character] of characters.entries()) {
      const inside = index > 0 && index < characters.length - 1;
      if (character === ' ' && characters[index - 1] !== ' ' && inside && this.#isFull(indent)) {
        this.#line(indent);
        if (characters[index + 1] === ' ') this.#write('\\');
      } else {
        this.#write(escaped(character));
      }
    }
    this.#write('"');
  }

  // Keys and texts by themselves are never folded: their indentation is no number.
  #isFull(indent: number): boolean {
    return this.#column > WIDTH && !Number.isNaN(indent);
  }

  #write(text: string): void {
    this.text += text;
    this.#column += [...text].length;
  }

  #raw(breaks: string): void {
    this.text += breaks;
    this.#column = 0;
  }

  #line(indent: number): void {
    this.#raw('\n');
    this.#write(' '.repeat(indent));
  }
}

function sizeOf(value: Collection): number {
  return value instanceof Map ? value.size : isList(value) ? value.length : 0;
}

function yamlNumber(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  if (Number.isFinite(value)) return pythonRepr(value);
  return value > 0 ? '.inf' : '-.inf';
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\u0007': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\u001b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\u0085': '\\N',
  '\u2028': '\\L',
  '\u2029': '\\P',
};

function escaped(character: string): string {
  const known = ESCAPES[character];
  if (known !== undefined) return known;
  if (/[\u0020-\u007e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
