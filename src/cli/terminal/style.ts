import type { CommandIo, TextSink } from '../command-io.ts';

/** Marks text for a terminal; leaves it as it is where nobody sees colours. */
export type Style = (mark: Mark, text: string) => string;

/** What a piece of text is to its reader. */
export type Mark = 'bold' | 'dim' | 'good' | 'bad' | 'warning' | 'name' | 'value';

const CODES: Readonly<Record<Mark, readonly [on: number, off: number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  good: [32, 39],
  bad: [31, 39],
  warning: [33, 39],
  name: [36, 39],
  value: [35, 39],
};

/**
 * The style for a stream: colours on a terminal, unless NO_COLOR is set or TERM is `dumb`; `--color on` and `off`
 * decide before all that. See https://no-color.org.
 */
export function styleFor(stream: TextSink, color: string | undefined, env: CommandIo['env']): Style {
  const byItself = stream.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
  if (color === 'off' || (color !== 'on' && !byItself)) return (_mark, text) => text;
  return (mark, text) => {
    const [on, off] = CODES[mark];
    return `\u001b[${on}m${text}\u001b[${off}m`;
  };
}
