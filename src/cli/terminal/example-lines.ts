/**
 * A command as help shows it, in lines that end within the width where that can be done: one that is too long goes on
 * behind a backslash, as shells read it. Line breaks of its own stay.
 */
export function exampleLines(example: string, width: number): string {
  const shown: string[] = [];
  let line = ' ';
  for (const piece of example.split(/ (?=--)/)) {
    const [first = ''] = piece.split('\n');
    if (line.trim() !== '' && line.length + 1 + first.length + 2 > width) {
      shown.push(`${line} \\`);
      line = '     ';
    }
    line += ` ${piece}`;
    // The room that is left is that of the last line.
    const cut = line.lastIndexOf('\n');
    if (cut < 0) continue;
    shown.push(line.slice(0, cut));
    line = line.slice(cut + 1);
  }
  return [...shown, line].join('\n');
}
