/**
 * The first event, from the command line to a target: `npm run demo`. Everything in it is real: the server
 * with its database in a temporary folder, the command line, and an HTTP endpoint that receives.
 * `npm run demo -- --keep` leaves the bus running afterwards.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { styleText } from 'node:util';

const here = fileURLToPath(new URL('.', import.meta.url));
const busbar = fileURLToPath(new URL('../../bin/busbar.js', import.meta.url));
const keep = process.argv.includes('--keep');
const EXPECTED = 2;

const folder = mkdtempSync(join(tmpdir(), 'busbar-demo-'));

say('1. A bus of your own, kept on disk in a temporary folder');
const { server, url } = await startServer();

say('2. Somebody who listens: an HTTP endpoint in this process');
const { endpoint, arrived, stop } = await startEndpoint();
console.log(`   ${endpoint}`);

try {
  say('3. A rule that matches, and its target');
  await run('put-rule', '--name', 'first-rule', '--event-pattern', '{"source":["com.mycompany.myapp"]}');
  await run('put-targets', '--rule', 'first-rule', '--targets', `Id=endpoint,Arn=${endpoint}`);

  say('4. Two events');
  await run('put-events', '--entries', 'file://putevents.json');

  say('5. What the endpoint received');
  for (const event of await arrived) console.log(indent(JSON.stringify(JSON.parse(event), null, 2)));

  say('Where to go next');
  console.log(`   busbar start                        the same bus on port 4010, kept in ./busbar-data
   busbar events put-events help       every option, as in \`aws events put-events\`
   aws events list-rules --endpoint-url http://127.0.0.1:4010    your own tools work too
   docs/patterns.md                    what a rule can match`);
  if (keep) {
    console.log(`\nThe bus goes on at ${url} until you press Ctrl-C.`);
    await once(server, 'exit');
  }
} finally {
  stop();
  await stopServer(server);
  rmSync(folder, { recursive: true, force: true });
}

function say(headline: string): void {
  console.log(`\n${styleText('bold', headline, { stream: process.stdout })}`);
}

function indent(text: string): string {
  return text.replace(/^/gm, '   ').trimEnd();
}

async function startServer(): Promise<{ server: ChildProcess; url: string }> {
  const args = ['start', '--port', '0', '--data', folder];
  console.log(`   $ busbar ${args.join(' ')}`);
  const server = spawn(process.execPath, [busbar, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, BUSBAR_LOG: 'warn' },
  });
  // The first line says where it listens; nothing else is needed of its output.
  for await (const line of createInterface({ input: server.stdout })) {
    console.log(`   ${line}`);
    const url = /http:\/\/[\d.:]+/.exec(line)?.[0];
    if (url !== undefined) return { server, url };
  }
  throw new Error('The server ended before it listened.');
}

async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  server.kill('SIGTERM');
  await once(server, 'exit');
}

async function startEndpoint(): Promise<{
  endpoint: string;
  arrived: Promise<readonly string[]>;
  stop: () => void;
}> {
  const bodies: string[] = [];
  const done = Promise.withResolvers<readonly string[]>();
  const listener = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    response.end();
    bodies.push(body);
    if (bodies.length === EXPECTED) done.resolve(bodies);
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}/events`,
    arrived: done.promise,
    stop() {
      listener.closeAllConnections();
      listener.close();
    },
  };
}

/** Runs one `busbar events` command for real and shows what a terminal would show. */
async function run(...args: readonly string[]): Promise<void> {
  const shown = args.map((arg) => (/[\s{}"$]/.test(arg) ? `'${arg}'` : arg)).join(' ');
  console.log(`   $ busbar events ${shown}`);
  const env = { ...process.env, BUSBAR_ENDPOINT_URL: url };
  await new Promise<void>((resolve, reject) => {
    execFile(process.execPath, [busbar, 'events', ...args], { cwd: here, env }, (error, stdout, stderr) => {
      if (stdout !== '') console.log(indent(stdout));
      if (error === null) resolve();
      else reject(new Error(`busbar events ${args[0]} failed: ${stderr.trim()}`));
    });
  });
}
