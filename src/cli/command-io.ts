/** Where a command's text goes; a stream of node:stream fits, and so does a list that a test keeps. */
export interface TextSink {
  write(text: string): unknown;
  /** Whether a person looks at it. */
  readonly isTTY?: boolean;
  /** The terminal's width. */
  readonly columns?: number;
}

/**
 * All that a command sees of the world, so that a test runs it in its own process: streams, environment,
 * working folder. `stdin` is read only when a parameter names it (`file:///dev/stdin`).
 */
export interface CommandIo {
  readonly stdout: TextSink;
  readonly stderr: TextSink;
  readonly stdin: AsyncIterable<Uint8Array | string>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Between 0 and 1; spreads retries and picks a skeleton's sample values. Math.random unless handed in. */
  readonly random?: () => number;
  /**
   * Shows a text in a pager, a command of the shell, until the reader is done. Resolves to false when it can't be
   * started. Left out where there is no terminal to show it on.
   */
  readonly runPager?: (command: string, text: string) => Promise<boolean>;
  /** Asks on the terminal for a line that is not shown; undefined where nobody can be asked. */
  readonly askSecret?: (question: string) => Promise<string | undefined>;
}
