import type { ConnectionOAuthHttpMethod } from '../api-model/types.generated.ts';

/** A secret as it is kept: text that only the secret box of this installation opens. */
export interface SealedText {
  readonly sealed: string;
}

/** One header, query string or body parameter of a request. Secret values are sealed, others are in clear. */
export interface HttpParameter {
  readonly key: string;
  readonly value: string | SealedText;
}

/** What is added to each request. A list that was never given is undefined. */
export interface HttpParameters {
  readonly headerParameters?: readonly HttpParameter[] | undefined;
  readonly queryStringParameters?: readonly HttpParameter[] | undefined;
  readonly bodyParameters?: readonly HttpParameter[] | undefined;
}

/** How requests prove who they are from. */
export type Authorization =
  | { readonly type: 'BASIC'; readonly username: string; readonly password: SealedText }
  | { readonly type: 'API_KEY'; readonly apiKeyName: string; readonly apiKeyValue: SealedText }
  | {
      readonly type: 'OAUTH_CLIENT_CREDENTIALS';
      readonly clientId: string;
      readonly clientSecret: SealedText;
      /** Where tokens come from. */
      readonly authorizationEndpoint: string;
      readonly httpMethod: ConnectionOAuthHttpMethod;
      /** What is added to the requests for tokens. */
      readonly httpParameters?: HttpParameters | undefined;
    };

/** A way into a private network. Kept and shown, without effect. */
export interface Connectivity {
  readonly resourceConfigurationArn: string;
  /** Seventeen letters and digits, the end of the association's ARN. */
  readonly associationId: string;
}

/** A connection as it is kept. Its name is unique in its account and region; secrets in it are sealed. */
export interface Connection {
  readonly name: string;
  /** A UUID: a connection that was deleted and made again is another one. */
  readonly id: string;
  readonly description?: string | undefined;
  readonly kmsKeyIdentifier?: string | undefined;
  readonly authorizationType: Authorization['type'];
  /** Undefined once it was removed. */
  readonly authorization?: Authorization | undefined;
  readonly state: 'AUTHORIZED' | 'ACTIVE' | 'AUTHORIZING' | 'DEAUTHORIZED';
  /** Why its authorization was refused, in a sentence without secrets; of a DEAUTHORIZED one that was. */
  readonly stateReason?: string | undefined;
  readonly invocationHttpParameters?: HttpParameters | undefined;
  /** Into the network of what is invoked. */
  readonly invocationConnectivity?: Connectivity | undefined;
  /** Into the network of where tokens come from. */
  readonly authorizationConnectivity?: Connectivity | undefined;
  /** The end of its secret's ARN: a UUID, a dash and six letters and digits. */
  readonly secretId: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** Epoch milliseconds. */
  readonly modifiedAt: number;
  /** Epoch milliseconds. */
  readonly authorizedAt: number;
}

/** What trying an authorization came to. */
export interface AuthorizationVerdict {
  readonly connectionArn: string;
  /** The one that was tried: it may have been replaced in the meantime. */
  readonly authorization: Authorization;
  /** Why it was refused, in a sentence without secrets; undefined when it was accepted. */
  readonly refusal: string | undefined;
}

/** The sealed text that every authorization has: its password, key or client secret. */
export function secretOf(authorization: Authorization): SealedText {
  switch (authorization.type) {
    case 'BASIC':
      return authorization.password;
    case 'API_KEY':
      return authorization.apiKeyValue;
    case 'OAUTH_CLIENT_CREDENTIALS':
      return authorization.clientSecret;
  }
}
