import { type AwsConfig, profileSetting } from '../aws/aws-config.ts';
import type { CommandIo } from '../command-io.ts';
import type { GlobalOptions } from '../global-options.ts';

/** Where a command writes its answer, and how it shows it in the end. */
export interface PagedIo {
  readonly io: CommandIo;
  /** Shows what was written, through the pager where there is one. */
  readonly show: () => Promise<void>;
}

/**
 * An answer goes through a pager where a person reads it on a terminal: AWS_PAGER, the profile's `cli_pager`, PAGER, or
 * `less`; `--no-cli-pager` and an empty name turn it off. Elsewhere, and where the pager can't be started, it is
 * written as it comes.
 * AWS page: https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-pagination.html#cli-usage-pagination-clientside
 */
export function pagedIo(io: CommandIo, options: GlobalOptions, config: AwsConfig | undefined): PagedIo {
  const { runPager } = io;
  const command = pagerCommand(io.env, config);
  if (runPager === undefined || command === '' || options.noPager || io.stdout.isTTY !== true) {
    return { io, show: async () => undefined };
  }
  let text = '';
  const stdout = {
    write: (piece: string) => {
      text += piece;
    },
    isTTY: true,
    columns: io.stdout.columns ?? 80,
  };
  const inPager: CommandIo = {
    get stdin() {
      return io.stdin;
    },
    get stderr() {
      return io.stderr;
    },
    env: io.env,
    cwd: io.cwd,
    stdout,
    ...(io.random === undefined ? {} : { random: io.random }),
  };
  const show = async () => {
    if (text !== '' && !(await runPager(command, text))) io.stdout.write(text);
  };
  return { io: inPager, show };
}

function pagerCommand(env: CommandIo['env'], config: AwsConfig | undefined): string {
  const configured = config === undefined ? undefined : profileSetting(config, 'cli_pager');
  return env['AWS_PAGER'] ?? configured ?? env['PAGER'] ?? (process.platform === 'win32' ? 'more' : 'less');
}
