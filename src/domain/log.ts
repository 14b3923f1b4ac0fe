/** What a log entry carries beside its sentence; never secrets, never whole events. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Where Busbar says what a person who runs it should know. */
export interface Log {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  /** A defect, or a failure that needs somebody. */
  error(message: string, fields?: LogFields): void;
}
