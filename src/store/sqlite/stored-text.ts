/** Text as a column holds it. */
export type StoredText = string | Buffer;

/**
 * Text for a column: as it is, or as a BLOB of UTF-16 when it holds half of a surrogate pair, which UTF-8
 * can't say: SQLite's driver would put U+FFFD in its place without a word. JSON may hold such halves.
 * Equal texts are stored equally, so both kinds may be keys.
 */
export function storedText(text: string): StoredText {
  return text.isWellFormed() ? text : Buffer.from(text, 'utf16le');
}

/** The text that `storedText` was given. */
export function textOf(stored: StoredText): string {
  return typeof stored === 'string' ? stored : stored.toString('utf16le');
}
