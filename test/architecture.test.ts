import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

// The rooms and what each may import: this table is the authority. Data walks down it. A room is the first
// folder below src/, or a file right below it; imports inside a room are free. `store/store.ts` is the
// store's interface; `bus` may be imported by the wire only through what `main.ts` hands it.
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'api-model': [],
  domain: ['api-model'],
  match: [],
  store: ['domain'],
  bus: ['api-model', 'domain', 'match', 'store'],
  actions: ['api-model', 'domain', 'match', 'bus'],
  wire: ['api-model', 'domain', 'match', 'actions', 'bus'],
  observe: ['domain'],
  deliver: ['api-model', 'domain', 'store'],
  cli: ['api-model', 'domain', 'match', 'config', 'config.ts'],
  config: ['domain'],
  'config.ts': ['config', 'domain'],
  wiring: ['domain', 'store', 'bus', 'wire', 'observe', 'deliver', 'config.ts'],
  'main.ts': ['wiring', 'domain', 'store', 'bus', 'actions', 'wire', 'observe', 'deliver', 'config.ts'],
  'index.ts': ['main.ts', 'config.ts'],
  testkit: ['domain', 'match', 'bus', 'deliver', 'main.ts', 'config.ts'],
};

// Beyond the rooms: which packages a folder may import. A driver stays inside its own folder.
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  'src/store/sqlite': ['better-sqlite3'],
  'src/store/jetstream': ['@nats-io/'],
  'src/deliver/targets': ['@aws-sdk/', '@nats-io/transport-node'],
  'src/cli/parameters': ['yaml'],
  'src/cli/call': ['@smithy/signature-v4a'],
  'src/cli/credentials': ['@aws-sdk/credential-provider-node'],
};

// Node's own modules are open to the rooms at the edges only: these stay pure and run in a browser.
const PURE_ROOMS = ['api-model', 'domain', 'match'];

const FORBIDDEN_NAMES = /(^|[/-])(utils?|helpers?|common|lib|types|services?|managers?)(\.ts|\/|$)/;

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const src = join(root, 'src');

function sourceFiles(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return sourceFiles(path);
    return name.endsWith('.ts') && !name.endsWith('.test.ts') ? [path] : [];
  });
}

function roomOf(path: string): string {
  return relative(src, path).split(sep)[0] ?? '';
}

// Static and dynamic imports and re-exports, type-only ones included; import attributes don't matter.
const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s[^;]*?from\s+'([^']+)'|(?:^|[^.\w])import\(\s*'([^']+)'\s*\)|(?:^|\n)\s*import\s+'([^']+)'/g;

function importsOf(path: string): string[] {
  return [...readFileSync(path, 'utf8').matchAll(IMPORT)].map(
    (match) => match[1] ?? match[2] ?? match[3] ?? '',
  );
}

const files = sourceFiles(src);

test('the architecture test sees the source and its imports', () => {
  assert.ok(files.length > 5, `only ${files.length} source files found`);
  const edges = files.flatMap(importsOf);
  assert.ok(edges.length > files.length, 'fewer imports than files: the reading of imports is broken');
});

test('every room is in the table', () => {
  const rooms = new Set(files.map(roomOf));
  assert.deepEqual(
    [...rooms].filter((room) => MAY_IMPORT[room] === undefined),
    [],
  );
});

test('imports walk down the table', () => {
  const wrong: string[] = [];
  for (const file of files) {
    const room = roomOf(file);
    for (const specifier of importsOf(file)) {
      if (!specifier.startsWith('.')) continue;
      const target = resolve(dirname(file), specifier);
      const targetRoom = roomOf(target);
      if (targetRoom === room || MAY_IMPORT[room]?.includes(targetRoom) === true) continue;
      // `start` alone loads the whole bus, and only when it is run.
      if (relative(src, file) === join('cli', 'start.ts') && targetRoom === 'main.ts') continue;
      wrong.push(`${relative(root, file)} imports ${relative(root, target)}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test('the table allows nothing that is not made use of', () => {
  const used = new Set(
    files.flatMap((file) =>
      importsOf(file)
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => `${roomOf(file)} ${roomOf(resolve(dirname(file), specifier))}`),
    ),
  );
  const unused = Object.entries(MAY_IMPORT).flatMap(([room, others]) =>
    others.map((other) => `${room} ${other}`).filter((pair) => !used.has(pair)),
  );
  assert.deepEqual(unused, []);
});

test('only the folder of a store or of the wiring imports a store other than its interface', () => {
  const wrong = files.flatMap((file) =>
    importsOf(file)
      .filter((specifier) => specifier.startsWith('.'))
      .map((specifier) => relative(src, resolve(dirname(file), specifier)))
      .filter((target) => target.startsWith(`store${sep}`) && target !== join('store', 'store.ts'))
      .filter((target) => !['main.ts', 'wiring', 'store'].includes(roomOf(file)) && target !== '')
      .map((target) => `${relative(root, file)} imports ${target}`),
  );
  assert.deepEqual(wrong, []);
});

test('packages stay in the folder that owns them', () => {
  const wrong: string[] = [];
  for (const file of files) {
    for (const specifier of importsOf(file)) {
      if (specifier.startsWith('.')) continue;
      if (specifier.startsWith('node:')) {
        if (PURE_ROOMS.includes(roomOf(file))) wrong.push(`${relative(root, file)} imports ${specifier}`);
        continue;
      }
      const owned = Object.entries(PACKAGES).some(
        ([folder, packages]) =>
          file.startsWith(join(root, folder) + sep) && packages.some((name) => specifier.startsWith(name)),
      );
      if (!owned) wrong.push(`${relative(root, file)} imports ${specifier}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test('only the clock reads the time, and only the configuration reads the environment', () => {
  const wrong: string[] = [];
  for (const file of files) {
    const name = relative(src, file);
    const text = readFileSync(file, 'utf8').replace(/^\s*(\/\/|\*|\/\*).*$/gm, '');
    if (
      name !== join('domain', 'clock.ts') &&
      /\bDate\.now\(|\bnew Date\(\)|(?<!socket\.)\b(setTimeout|setInterval)\(/.test(text)
    ) {
      // The command line is a short-lived client: it signs with the machine's time.
      if (roomOf(file) !== 'cli') wrong.push(`${name} reads the time or sets a timer`);
    }
    if (name !== 'config.ts' && roomOf(file) !== 'cli' && /\bprocess\.env\b/.test(text)) {
      wrong.push(`${name} reads process.env`);
    }
  }
  assert.deepEqual(wrong, []);
});

test('no file or folder has a name that says nothing', () => {
  const names = files.map((file) => relative(src, file).split(sep).join('/'));
  assert.deepEqual(
    names.filter((name) => FORBIDDEN_NAMES.test(name) && !name.endsWith('types.generated.ts')),
    [],
  );
});
