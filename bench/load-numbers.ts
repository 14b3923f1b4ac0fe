import { type Entry, makeEntries, SOURCE_PREFIX } from './load-events.ts';
import { putEventsRequests } from './load-requests.ts';

const DIGITS = 9;
const KEY = 'eventNumber';
const IN_DETAIL = `"${KEY}":"`;
const IN_REQUEST = `\\"${KEY}\\":\\"`;

/** PutEvents requests whose events carry a number each, by which their arrival is recognised. */
export class NumberedRequests {
  readonly #templates: readonly { readonly request: Buffer; readonly places: readonly number[] }[];
  #turn = 0;

  /** With `sources`, the nth event of all requests is from the source `sourceOf(n % sources)`. */
  constructor(
    url: string,
    options: { readonly entryBytes: number; readonly perRequest: number; readonly sources?: number },
  ) {
    const { entryBytes, perRequest, sources } = options;
    const room = Buffer.byteLength(`${IN_DETAIL}",`) + DIGITS;
    const entries = makeEntries(perRequest * (sources ?? 20), entryBytes - room)
      .map(withPlace)
      .map((entry, n) => (sources === undefined ? entry : { ...entry, Source: sourceOf(n % sources) }));
    this.#templates = putEventsRequests(url, entries, perRequest).map((request) => ({
      request,
      places: placesIn(request),
    }));
  }

  /** A request whose events are numbered from `first` on. */
  make(first: number): Buffer {
    const template = this.#templates[this.#turn++ % this.#templates.length];
    if (template === undefined) throw new Error('There are no requests to send.');
    const request = Buffer.from(template.request);
    for (const [index, place] of template.places.entries()) {
      request.write(String(first + index).padStart(DIGITS, '0'), place, 'latin1');
    }
    return request;
  }
}

/** The name of a source among several. */
export function sourceOf(n: number): string {
  return `${SOURCE_PREFIX}s${n}`;
}

/** The number that an event carries, from its JSON text. Throws when it has none. */
export function numberOf(event: Buffer): number {
  const at = event.indexOf(IN_DETAIL);
  if (at < 0) throw new Error(`An event that nobody sent: ${event}`);
  const start = at + IN_DETAIL.length;
  return Number(event.toString('latin1', start, start + DIGITS));
}

/** A detail with that number, of about that many bytes. */
export function numberedDetail(number: number, bytes: number): string {
  const digits = String(number).padStart(DIGITS, '0');
  return `{${IN_DETAIL}${digits}","note":"${'x'.repeat(Math.max(0, bytes - 50))}"}`;
}

function withPlace(entry: Entry): Entry {
  return { ...entry, Detail: `{${IN_DETAIL}${'0'.repeat(DIGITS)}",${entry.Detail.slice(1)}` };
}

function placesIn(request: Buffer): number[] {
  const places: number[] = [];
  for (let at = request.indexOf(IN_REQUEST); at >= 0; at = request.indexOf(IN_REQUEST, at)) {
    at += IN_REQUEST.length;
    places.push(at);
  }
  return places;
}
