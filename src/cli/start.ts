import { type Config, ConfigError, readConfig, type Setting, settings } from '../config.ts';
import type { CommandIo } from './command-io.ts';

/**
 * `busbar start`: runs a bus until SIGTERM or SIGINT, then finishes what is under way. A second signal ends
 * it at once. Answers the exit code.
 */
export async function start(args: readonly string[], io: CommandIo): Promise<number> {
  if (args.includes('--help') || args[0] === 'help') {
    io.stdout.write(helpText());
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
    const signal = await stopped;
    if (config.log === 'info') io.stderr.write(`${signal}: finishing what is under way.\n`);
    await bus.close();
    return 0;
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

function helpText(): string {
  const rows: Setting[] = Object.values(settings);
  const names = rows.map(({ flag, env, value }) => {
    if (flag === undefined) return env;
    return value === undefined ? `--${flag}` : `--${flag} ${value}`;
  });
  const width = Math.max(...names.map((name) => name.length));
  const lines = rows.map(({ help, env, flag, default: preset }, row) => {
    const origin = [
      flag === undefined ? 'environment only' : env,
      ...(preset === '' ? [] : [`default ${preset}`]),
    ];
    return `  ${(names[row] ?? '').padEnd(width)}  ${help}\n  ${' '.repeat(width)}  (${origin.join('; ')})`;
  });
  return `Usage: busbar start [options]\n\nStarts the event bus and serves the EventBridge API until it is stopped.\n\n${lines.join('\n')}\n`;
}
