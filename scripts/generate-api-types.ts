/**
 * Writes src/api-model/types.generated.ts from the API model: one interface per structure, camelCase, so
 * that actions are typed by the same data that validates their requests. `--check` only compares.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import model from '../src/api-model/events-2015-10-07.json' with { type: 'json' };

interface RawShape {
  readonly type: string;
  readonly members?: Readonly<Record<string, string>>;
  readonly required?: readonly string[];
  readonly member?: string;
  readonly value?: string;
  readonly enum?: readonly string[];
  readonly exception?: boolean;
}

const operations = model.operations as Readonly<Record<string, { input: string; output?: string }>>;
const shapes = model.shapes as unknown as Readonly<Record<string, RawShape>>;

function typeOf(name: string): string {
  const shape = shapes[name];
  if (shape === undefined) throw new Error(`the API model has no shape ${name}`);
  switch (shape.type) {
    case 'structure':
      return name;
    case 'list':
      return `readonly ${typeOf(shape.member ?? '')}[]`.replace(
        /^readonly (readonly .*)\[\]$/,
        'readonly ($1)[]',
      );
    case 'map':
      return `Readonly<Record<string, ${typeOf(shape.value ?? '')}>>`;
    case 'string':
      return shape.enum === undefined ? 'string' : name;
    case 'integer':
    case 'long':
    case 'timestamp':
      return 'number';
    case 'boolean':
      return 'boolean';
    default:
      throw new Error(`shape ${name} has the unknown type ${shape.type}`);
  }
}

const lines = [
  '// Generated from events-2015-10-07.json by scripts/generate-api-types.ts. Do not edit: `npm run generate`.',
  '// Timestamps are epoch milliseconds; on the wire they are epoch seconds.',
  '',
];

lines.push('export type OperationName =');
lines.push(
  `${Object.keys(operations)
    .map((name) => `  | '${name}'`)
    .join('\n')};`,
  '',
);

for (const [name, shape] of Object.entries(shapes)) {
  if (shape.type === 'string' && shape.enum !== undefined) {
    lines.push(`export type ${name} = ${shape.enum.map((value) => `'${value}'`).join(' | ')};`, '');
  }
  if (shape.type !== 'structure' || shape.exception === true) continue;
  const members = Object.entries(shape.members ?? {});
  if (members.length === 0) {
    lines.push(`export type ${name} = Readonly<Record<string, never>>;`, '');
    continue;
  }
  lines.push(`export interface ${name} {`);
  for (const [member, memberShape] of members) {
    const optional = shape.required?.includes(member) === true ? '' : '?';
    const key = member.charAt(0).toLowerCase() + member.slice(1);
    // Optional members may be handed over as undefined: they are left out of the answer.
    lines.push(
      `  readonly ${key}${optional}: ${typeOf(memberShape)}${optional === '' ? '' : ' | undefined'};`,
    );
  }
  lines.push('}', '');
}

lines.push('/** Request and response of every operation; operations without output answer nothing. */');
lines.push('export interface Operations {');
for (const [name, operation] of Object.entries(operations)) {
  lines.push(
    `  readonly ${name}: { readonly request: ${operation.input}; readonly response: ${operation.output ?? 'undefined'} };`,
  );
}
lines.push('}', '');

const path = new URL('../src/api-model/types.generated.ts', import.meta.url);
const text = lines.join('\n');
if (process.argv.includes('--check')) {
  if (readFileSync(path, 'utf8') !== text) {
    console.error('src/api-model/types.generated.ts is stale: run `npm run generate`.');
    process.exitCode = 1;
  }
} else {
  writeFileSync(path, text);
}
