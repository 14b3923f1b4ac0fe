import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter } from 'node:path';
import { howToInstall, natsServerProgram } from './nats-server-program.ts';

// Before the tests: where nats-server is missing, root on Debian (a container of continuous integration) gets
// it installed, and everybody else is told how. Without it the tests of the JetStream store fail, the others run.

const find = () => natsServerProgram((process.env['PATH'] ?? '').split(delimiter));

/** Debian's package. RUNLEVEL keeps it from starting a server of the machine. */
function aptGet(...args: readonly string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const { status } = spawnSync('apt-get', ['-qq', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  return status === 0;
}

if (find() === undefined) {
  const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (mayInstall) {
    console.error('Installing nats-server for the tests of the JetStream store.');
    if (!aptGet('install', '-y', 'nats-server')) {
      aptGet('update');
      aptGet('install', '-y', 'nats-server');
    }
  }
  if (find() === undefined) console.error(howToInstall);
}
