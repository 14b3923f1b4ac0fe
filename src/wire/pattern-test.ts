// Two of the model's patterns take exponential time on a backtracking engine (a run of blanks can be split
// between their groups in every way). Each stands here with an expression for the same strings that
// takes linear time: blanks and tabs anywhere, and at least one character that is no tab.
const LINEAR_EQUIVALENTS: ReadonlyMap<string, RegExp> = new Map([
  [
    '^[ \\t]*[^\\x00-\\x1F:\\x7F]+([ \\t]+[^\\x00-\\x1F:\\x7F]+)*[ \\t]*$',
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the model's own class
    /^\t*[^\x00-\x1F:\x7F][^\x00-\x08\x0A-\x1F:\x7F]*$/,
  ],
  ['^[ \\t]*[\\x20-\\x7E]+([ \\t]+[\\x20-\\x7E]+)*[ \\t]*$', /^\t*[\x20-\x7E][\t\x20-\x7E]*$/],
]);

/** A test for one of the model's patterns: it must cover the whole value, whether or not it has anchors. */
export function patternTest(pattern: string): (value: string) => boolean {
  // Classes such as \p{L} need Unicode mode, which refuses escapes that the other patterns use.
  const flags = pattern.includes('\\p{') ? 'u' : '';
  const expression = LINEAR_EQUIVALENTS.get(pattern) ?? new RegExp(`^(?:${pattern})$`, flags);
  return (value) => expression.test(value);
}
