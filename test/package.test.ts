import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));

test('the package as it is published works where it is installed', { timeout: 120_000 }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'busbar-package-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const installed = join(folder, 'node_modules', 'busbar');
  mkdirSync(installed, { recursive: true });

  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], { cwd: root });
  // npm prints what the build prints first; the list of packages is what ends the output.
  const [{ filename }] = JSON.parse(stdout.slice(stdout.indexOf('[\n'))) as [{ filename: string }];
  await run('tar', ['-xzf', join(folder, filename), '-C', installed, '--strip-components=1']);
  const { version, dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  // Its dependencies are those of the clone: installing them anew would test the registry.
  for (const name of Object.keys(dependencies)) link(root, folder, name);

  const bin = await run(process.execPath, [join(installed, 'bin', 'busbar.js'), '--version'], {
    cwd: folder,
  });
  assert.equal(bin.stdout, `busbar ${version}\n`);

  writeFileSync(
    join(folder, 'use.mjs'),
    `import { createBus } from 'busbar';
     import { Matcher, parsePattern } from 'busbar/match';
     const bus = await createBus({ data: './data' });
     const health = await fetch(bus.url + '/_busbar/health');
     await bus.close();
     const matcher = new Matcher();
     matcher.addRule('r', parsePattern('{"a":[1]}'));
     console.log(health.status, matcher.rulesFor('{"a":1}'));`,
  );
  const use = await run(process.execPath, ['use.mjs'], { cwd: folder });
  assert.equal(use.stdout, "200 [ 'r' ]\n");

  // The README's own program, with the client that its readers have.
  const program = /```js\n(.*?)```/s.exec(readFileSync(join(root, 'README.md'), 'utf8'))?.[1] ?? '';
  link(root, folder, '@aws-sdk/client-eventbridge');
  writeFileSync(join(folder, 'readme.mjs'), program);
  const readme = await run(process.execPath, ['readme.mjs'], { cwd: folder });
  assert.equal(readme.stdout, "[ 'default' ]\n");
});

function link(from: string, to: string, name: string): void {
  const path = join(to, 'node_modules', name);
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(join(from, 'node_modules', name), path);
}
