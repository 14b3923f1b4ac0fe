const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d{1,3}){3})$/;

/**
 * Whether requests with secrets in them may go there: HTTPS as AWS demands, or HTTP that does not leave this
 * machine (Busbar's own, for local work). A URL with a user and password has them in clear, so it may not.
 */
export function isHttpsEndpoint(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== '' || password !== '' || hostname.includes('*')) return false;
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname));
}
