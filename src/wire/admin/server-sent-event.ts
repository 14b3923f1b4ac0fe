/**
 * One server-sent event; the data is one line of JSON.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export function serverSentEvent(event: string, data: string, id?: string): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${data}\n\n`;
}

/** A line that readers pass over: it shows that the connection stands. */
export function comment(text: string): string {
  return `: ${text}\n\n`;
}
