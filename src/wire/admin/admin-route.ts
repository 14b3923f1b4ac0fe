import type { IncomingHttpHeaders } from 'node:http';
import type { Scope } from '../../domain/scope.ts';
import type { AdminContext } from './admin-context.ts';

/** A request to Busbar's own API, its caller known and let in. */
export interface AdminRequest {
  /** What stands in the path where the route has braces, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Empty for GET. */
  readonly body: string;
  readonly scope: Scope;
  /** Whether the caller may see accounts other than its own: where nobody is known, everybody may. */
  readonly seesAllAccounts: boolean;
}

/** What goes out bit by bit, for as long as its reader stays. */
export interface AnswerStream {
  /**
   * Resolves when there is room for more, to false when nothing more need be written: the reader has gone, or
   * the server stops.
   */
  write(text: string): Promise<boolean>;
  /** Aborted when nothing more need be written. */
  readonly signal: AbortSignal;
}

/** What a route answers. */
export type AdminAnswer =
  | { readonly kind: 'json'; readonly value: unknown; readonly status?: number }
  | { readonly kind: 'text'; readonly type: string; readonly text: string }
  | {
      readonly kind: 'stream';
      readonly type: string;
      /** Ends the answer when it resolves; the connection breaks off when it rejects. */
      readonly send: (stream: AnswerStream) => Promise<void>;
    };

/** One address of Busbar's own API. Its parts throw AdminError for what the caller has to mend. */
export interface AdminRoute {
  readonly method: 'GET' | 'POST';
  /** As in `/_busbar/events/{id}`; braces stand for one segment of the path. */
  readonly path: string;
  /** The parameters that it takes in the query; left out, none. */
  readonly query?: readonly string[];
  /** What an access policy calls it, behind `busbar:`; undefined for what everybody may ask unsigned. */
  readonly action: string | undefined;
  /** ARN of what the request is about, for the access policy; left out, `*`. */
  readonly resourceOf?: (request: AdminRequest) => string;
  readonly answer: (request: AdminRequest, context: AdminContext) => Promise<AdminAnswer>;
}

/** The usual answer. */
export function json(value: unknown, status = 200): AdminAnswer {
  return { kind: 'json', value, status };
}
