import type { CommandIo } from '../command-io.ts';
import type { GlobalOptions } from '../global-options.ts';
import { columns, shortened } from '../terminal/columns.ts';
import { styleFor } from '../terminal/style.ts';
import { failureKinds, type Outcome } from './outcome.ts';

/** How a run of `busbar send` ended. */
export interface SendResult {
  readonly outcome: Outcome;
  readonly seconds: number;
  /** In this run, earlier ones aside. */
  readonly sentNow: number;
  /** Path of the file that remembers how far it came. */
  readonly state: string | undefined;
  readonly isInterrupted: boolean;
}

/** What is printed at the end: how many went, and a table of what failed and why; or all of it as JSON. */
export function sendSummary(
  { outcome, seconds, sentNow, state, isInterrupted }: SendResult,
  { io, options }: { readonly io: CommandIo; readonly options: GlobalOptions },
): string {
  const { sent, failed, retried, failures } = outcome;
  const kinds = failureKinds(failures);
  const perSecond = seconds > 0 ? sentNow / seconds : 0;
  if (options.output === 'json') {
    const summary = { sent, failed, retried, seconds, eventsPerSecond: Math.round(perSecond), isInterrupted };
    return `${JSON.stringify({ ...summary, failures: kinds }, null, 4)}\n`;
  }
  const style = styleFor(io.stdout, options.color, io.env);
  const number = (value: number) => value.toLocaleString('en');
  const speed = `in ${seconds.toFixed(1)} s, ${number(Math.round(perSecond))} a second`;
  const parts = [
    style(failed === 0 ? 'good' : 'bold', `${number(sent)} sent`),
    ...(failed === 0 ? [] : [style('bad', `${number(failed)} failed`)]),
    ...(retried === 0 ? [] : [`${number(retried)} sent again`]),
  ];
  const lines = [`${parts.join(', ')} (${speed})\n`];
  if (kinds.length > 0) {
    const width = io.stdout.isTTY === true ? (io.stdout.columns ?? 80) : 200;
    const rows = kinds.map(({ code, message, count, items }) => [
      number(count).padStart(6),
      code,
      `${items.join(', ')}${count > items.length ? ' …' : ''}`,
      shortened(message.replace(/\s+/g, ' '), Math.max(20, width - code.length - 45)),
    ]);
    const header = ['FAILED', 'CODE', 'ITEMS', 'WHY'].map((title) => style('dim', title));
    lines.push(`\n${columns([header, ...rows])}`);
  }
  if (isInterrupted) {
    lines.push(
      state === undefined
        ? 'Interrupted. Nothing remembers how far it came: --state FILE would.\n'
        : `Interrupted. ${state} remembers how far it came: --resume goes on there.\n`,
    );
  }
  return lines.join('');
}
