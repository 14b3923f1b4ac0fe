import { shortened } from '../terminal/columns.ts';
import type { Style } from '../terminal/style.ts';
import type { FailedDelivery } from './failed-deliveries.ts';

/** Failed deliveries for people, two lines each: which it is, and why it failed. */
export function failedText(
  failed: readonly FailedDelivery[],
  { style, width }: { readonly style: Style; readonly width: number },
): string {
  const idWidth = Math.max(0, ...failed.map(({ id }) => id.length));
  const lines = failed.flatMap((one) => {
    const { id, failedAt, ruleArn, targetId, attempts, error } = one;
    const place = `${ruleArn.replace(/^.*:rule\//, '')} -> ${targetId}`;
    const when = failedAt.slice(0, 19).replace('T', ' ');
    const tries = attempts === 1 ? '1 attempt' : `${attempts.toLocaleString('en')} attempts`;
    const code = error?.code ?? 'unknown error';
    const why = ` after ${tries}${error === undefined ? '' : `: ${error.message.replace(/\s+/g, ' ')}`}`;
    const room = Math.max(20, width - idWidth - 2);
    return [
      `${id.padEnd(idWidth)}  ${style('dim', when)}  ${style('name', shortened(place, room - when.length - 2))}`,
      `${' '.repeat(idWidth)}  ${style('bad', shortened(code, room))}${shortened(why, Math.max(0, room - code.length))}`,
    ];
  });
  return lines.map((text) => `${text}\n`).join('');
}
