/** Why a text is no wildcard, in AWS's words. */
export interface WildcardRefusal {
  readonly reason: string;
}

/**
 * Cuts a wildcard at its stars and takes the escapes (`\*`, `\\`) out of the pieces: there is one piece more
 * than there are stars. A reason names a position in UTF-8 bytes, where 1 is the first character.
 */
export function wildcardSegments(text: string): readonly string[] | WildcardRefusal {
  const segments: string[] = [];
  let segment = '';
  for (let at = 0; at < text.length; at++) {
    const unit = text.charAt(at);
    if (unit === '*') {
      if (text[at + 1] === '*') {
        return { reason: `Consecutive wildcard characters at pos ${bytePosition(text, at)}` };
      }
      segments.push(segment);
      segment = '';
    } else if (unit === '\\') {
      const escaped = text[at + 1];
      if (escaped !== '*' && escaped !== '\\') {
        return { reason: `Invalid escape character at pos ${bytePosition(text, at)}` };
      }
      segment += escaped;
      at++;
    } else {
      segment += unit;
    }
  }
  segments.push(segment);
  return segments;
}

/**
 * Whether `text` is the segments in order, with any run of characters between neighbours. Each segment is
 * taken at its first chance: a later one could only leave less room for the next, so nothing is ever tried
 * twice and the time is at worst the product of both lengths.
 */
export function matchesSegments(segments: readonly string[], text: string): boolean {
  const first = segments[0] ?? '';
  if (segments.length === 1) return text === first;
  const last = segments[segments.length - 1] ?? '';
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const segment of segments.slice(1, -1)) {
    const found = text.indexOf(segment, at);
    if (found === -1) return false;
    at = found + segment.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

function bytePosition(text: string, at: number): number {
  return new TextEncoder().encode(text.slice(0, at)).length + 1;
}
