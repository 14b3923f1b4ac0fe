import type { Clock } from '../domain/clock.ts';
import type { Log, LogFields } from '../domain/log.ts';

const LEVELS = ['info', 'warn', 'error', 'off'] as const;
type Level = (typeof LEVELS)[number];

/** A log of one line an entry: the time, the level where it is not info, the sentence, then the fields. */
export class StreamLog implements Log {
  readonly #stream: { write(text: string): unknown };
  readonly #clock: Clock;
  readonly #least: number;

  constructor(stream: { write(text: string): unknown }, clock: Clock, least: Level) {
    this.#stream = stream;
    this.#clock = clock;
    this.#least = LEVELS.indexOf(least);
  }

  info(message: string, fields?: LogFields): void {
    this.#write('info', message, fields);
  }

  warn(message: string, fields?: LogFields): void {
    this.#write('warn', message, fields);
  }

  error(message: string, fields?: LogFields): void {
    this.#write('error', message, fields);
  }

  #write(level: Level, message: string, fields: LogFields = {}): void {
    if (LEVELS.indexOf(level) < this.#least) return;
    const time = new Date(this.#clock.now()).toISOString();
    const named = Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => ` ${name}=${typeof value === 'string' ? JSON.stringify(value) : value}`);
    const shownLevel = level === 'info' ? '' : ` ${level}:`;
    this.#stream.write(`${time}${shownLevel} ${escaped(message)}${named.join('')}\n`);
  }
}

// What others said may stand in a message: it must not look like another entry, nor command a terminal.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not get through
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;

function escaped(text: string): string {
  return text.replace(CONTROLS, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
