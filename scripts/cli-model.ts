import { readFile } from 'node:fs/promises';

interface Model {
  readonly metadata: unknown;
  readonly operations: Readonly<Record<string, { readonly input: string; readonly output?: string }>>;
  readonly shapes: Readonly<Record<string, { readonly exception?: boolean }>>;
  readonly paginators: Readonly<Record<string, unknown>>;
}

/** What only the server asks of a shape. Help tells the longest lengths. */
const NOT_OF_CLIENTS = ['pattern', 'sensitive', 'errors'];

/**
 * The API model as the command line needs it, as the text of a module that exports what `api-model.ts` does (of
 * that what the command line uses). All shapes are one text, a line each, until something asks for one: a command
 * looks at a few of them, and one long text is loaded sooner than two hundred short ones.
 */
export async function cliModel(jsonFile: string): Promise<string> {
  const model: Model = JSON.parse(await readFile(jsonFile, 'utf8'), (name, value) =>
    NOT_OF_CLIENTS.includes(name) ? undefined : value,
  );
  const operations = Object.entries(model.operations).map(([name, { input, output }]) =>
    line(name, { name, input, output }),
  );
  const shapes = Object.entries(model.shapes).flatMap(([name, shape]) =>
    shape.exception === true ? [] : [line(name, shape)],
  );
  return `
    class Lines {
      #text;
      #known = new Map();
      constructor(text) { this.#text = text; }
      get(name) {
        const known = this.#known.get(name);
        if (known !== undefined) return known;
        const start = this.#text.indexOf('\\n' + name + '\\t');
        if (start < 0) return undefined;
        const from = start + name.length + 2;
        const value = JSON.parse(this.#text.slice(from, this.#text.indexOf('\\n', from)));
        this.#known.set(name, value);
        return value;
      }
      values() {
        return this.#text.trim().split('\\n').map((line) => this.get(line.slice(0, line.indexOf('\\t'))));
      }
    }
    const shapes = new Lines(${textOf(shapes)});
    export const metadata = ${JSON.stringify(model.metadata)};
    export const operations = new Lines(${textOf(operations)});
    export const paginators = new Map(${JSON.stringify(Object.entries(model.paginators))});
    export function shapeOf(name) { return shapes.get(name); }
    export const structureOf = shapeOf;`;
}

function line(name: string, value: unknown): string {
  return `${name}\t${JSON.stringify(value)}`;
}

// Each line stands between two line breaks.
function textOf(lines: readonly string[]): string {
  return JSON.stringify(`\n${lines.join('\n')}\n`);
}
