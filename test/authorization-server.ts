import type { TestContext } from 'node:test';
import { OAuth2Server } from 'oauth2-mock-server';

/** How the server answers the nth request for a token, counted from 0. */
export type Grant = (n: number) => { status?: number; body: Record<string, unknown> };

export interface AuthorizationServer {
  readonly tokenUrl: string;
  /** The requests for tokens, as their forms and headers. */
  readonly requests: readonly {
    readonly form: Readonly<Record<string, unknown>>;
    readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  }[];
}

/** A real OAuth server on a free port, stopped with the test. The nth token is `token-n`, good for an hour. */
export async function startAuthorizationServer(
  t: TestContext,
  grant: Grant = () => ({ body: {} }),
): Promise<AuthorizationServer> {
  const requests: AuthorizationServer['requests'][number][] = [];
  const server = new OAuth2Server();
  await server.issuer.keys.generate('RS256');
  server.service.on('beforeResponse', (response, request) => {
    const { status = 200, body } = grant(requests.length);
    response.statusCode = status;
    const granted = { access_token: `token-${requests.length}`, token_type: 'Bearer', expires_in: 3600 };
    response.body = status === 200 ? { ...granted, ...body } : body;
    requests.push({ form: { ...request.body }, headers: request.headers });
  });
  await server.start(0, '127.0.0.1');
  t.after(() => server.stop());
  return { tokenUrl: `http://127.0.0.1:${server.address().port}/token`, requests };
}
