const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;

/**
 * JSON text without white space between its tokens; everything else stays as it is, digit for digit. The
 * text must be valid JSON. JSON.stringify(JSON.parse(text)) would round numbers and drop repeated keys.
 */
export function compactJson(text: string): string {
  let compact = '';
  let kept = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = closingQuote(text, at);
    } else if (code <= SPACE) {
      compact += text.slice(kept, at);
      kept = at + 1;
    }
  }
  return kept === 0 ? text : compact + text.slice(kept);
}

function closingQuote(text: string, opening: number): number {
  let at = text.indexOf('"', opening + 1);
  while (at !== -1) {
    let backslashes = 0;
    while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return at;
    at = text.indexOf('"', at + 1);
  }
  return text.length;
}
