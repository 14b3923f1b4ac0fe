#!/usr/bin/env node
// Runs on any Node that knows ES modules, so that an old one gets a sentence rather than a syntax error.
import { existsSync } from 'node:fs';
import module from 'node:module';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `Busbar needs Node 22.18 or newer, and this is Node ${process.versions.node}.\n` +
      'Install a newer Node; in a clone of Busbar, `npm ci` brings one, and `npx busbar` uses it.\n',
  );
  process.exit(1);
}

// Half of a command's time is compiling it, unless the last run left its result behind.
module.enableCompileCache();

// Who reads may stop reading, as `| head` does: that is no error of ours.
// The server goes on: neither its greeting nor its log is worth an event.
const isServer = process.argv[2] === 'start';
process.stdout.on('error', (error) => {
  if (isServer) return;
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});
process.stderr.on('error', () => undefined);

// A clone runs its TypeScript as it is; the published package holds JavaScript only.
const source = new URL('../src/cli/main.ts', import.meta.url);
const built = new URL('../dist/cli/main.js', import.meta.url);
const { main } = await import((existsSync(source) ? source : built).href);
process.exitCode = await main(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
});
