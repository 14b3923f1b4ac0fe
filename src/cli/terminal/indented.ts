import { wrapped } from './wrap.ts';

/** A text that begins so many columns from the left, in lines that end within the width. */
export function indented(text: string, indent: number, width: number): string {
  const margin = ' '.repeat(indent);
  return wrapped(text, width - indent)
    .split('\n')
    .map((line) => (line === '' ? '' : margin + line))
    .join('\n');
}
