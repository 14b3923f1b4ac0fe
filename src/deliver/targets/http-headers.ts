// An import would read all that the module exports, and load a WebSocket client with it: a tenth of a second.
const { validateHeaderName, validateHeaderValue } = process.getBuiltinModule('node:http');

// What AWS removes from every request; those that it sets itself it adds after that.
const REMOVED_HEADERS = new Set(
  (
    'a-im accept-charset accept-datetime accept-encoding cache-control connection content-encoding ' +
    'content-length content-md5 date expect forwarded from host http2-settings if-match if-modified-since ' +
    'if-none-match if-range if-unmodified-since max-forwards origin pragma proxy-authorization range referer ' +
    'te trailer transfer-encoding upgrade user-agent via warning'
  ).split(' '),
);

/** Headers by names that know no case, the last of a name wins; JSON as the type of the body where none says otherwise. */
export function mergedHeaders(
  given: readonly (readonly [string, string])[],
): Readonly<Record<string, string>> {
  const headers = new Map<string, readonly [string, string]>([
    ['content-type', ['Content-Type', 'application/json; charset=utf-8']],
  ]);
  for (const [name, value] of given) {
    const key = name.toLowerCase();
    if (!REMOVED_HEADERS.has(key)) headers.set(key, [name, value]);
  }
  return Object.fromEntries(headers.values());
}

/** What is wrong with headers, in a sentence: values out of an event may hold what would break a request apart. */
export function faultOfHeaders(headers: Readonly<Record<string, string>>): string | undefined {
  for (const [name, value] of Object.entries(headers)) {
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    } catch {
      return `The header ${name} would have a name or value that HTTP does not allow.`;
    }
  }
  return undefined;
}
