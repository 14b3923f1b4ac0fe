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
 * that what the command line uses). Each shape stays a text until something asks for it: a command looks at a few
 * of them.
 */
export async function cliModel(jsonFile: string): Promise<string> {
  const model: Model = JSON.parse(await readFile(jsonFile, 'utf8'), (name, value) =>
    NOT_OF_CLIENTS.includes(name) ? undefined : value,
  );
  const operations = Object.entries(model.operations).map(([name, { input, output }]) => [
    name,
    { name, input, output },
  ]);
  const shapes = Object.entries(model.shapes).flatMap(([name, shape]) =>
    shape.exception === true ? [] : [[name, JSON.stringify(shape)]],
  );
  return `
    const texts = ${JSON.stringify(Object.fromEntries(shapes))};
    const known = new Map();
    export const metadata = ${JSON.stringify(model.metadata)};
    export const operations = new Map(${JSON.stringify(operations)});
    export const paginators = new Map(${JSON.stringify(Object.entries(model.paginators))});
    export function shapeOf(name) {
      let shape = known.get(name);
      if (shape === undefined) known.set(name, (shape = JSON.parse(texts[name])));
      return shape;
    }
    export const structureOf = shapeOf;`;
}
