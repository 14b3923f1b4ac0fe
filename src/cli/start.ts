import { type Config, ConfigError, readConfig } from '../config.ts';
import type { CommandIo } from './command-io.ts';
import { helpWidth } from './terminal/help-width.ts';

// A supervisor starts such a process again.
const LOST_STORE = 1;

/**
 * `busbar start`: runs a bus until SIGTERM or SIGINT, then finishes what is under way. A second signal ends
 * it at once. Answers the exit code: 0, 252 for settings that can't be used, 1 when it can't start and when another
 * process has taken its store over.
 */
export async function start(args: readonly string[], io: CommandIo): Promise<number> {
  if (args.includes('--help') || args[0] === 'help') {
    const { startHelp } = await import('./help/start-help.ts');
    io.stdout.write(startHelp(helpWidth(io.stdout)));
    return 0;
  }
  try {
    const config = readConfig(args, io.env);
    const { startBusbar } = await import('../main.ts');
    const stopped = firstSignal();
    const bus = await startBusbar(config);
    const kept = keptIn(config);
    io.stdout.write(
      `Busbar listens on ${bus.url}, account ${config.account}, region ${config.region}, kept ${kept}.\n`,
    );
    const signal = await Promise.race([stopped, bus.lost]);
    if (signal !== undefined && config.log === 'info')
      io.stderr.write(`${signal}: finishing what is under way.\n`);
    await bus.close();
    return signal === undefined ? LOST_STORE : 0;
  } catch (error) {
    io.stderr.write(`busbar start: ${explain(error)}\n`);
    return error instanceof ConfigError ? 252 : 1;
  }
}

function keptIn({ store, data }: Config): string {
  if (store !== undefined) return `in ${store.replace(/^(\w+:\/\/)[^/]*@/, '$1')}`;
  return data === undefined ? 'in memory' : `in ${data}`;
}

function firstSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let received = false;
    const onSignal = (signal: NodeJS.Signals) => {
      if (received) process.exit(130);
      received = true;
      resolve(signal);
    };
    process.on('SIGTERM', onSignal);
    process.on('SIGINT', onSignal);
  });
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE') {
    return `${error.message}. Another Busbar may be running there; --port 0 takes any free port.`;
  }
  return error.message;
}
