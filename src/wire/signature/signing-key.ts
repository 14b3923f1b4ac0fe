import {
  createECDH,
  createHmac,
  createPublicKey,
  type KeyObject,
  timingSafeEqual,
  verify,
} from 'node:crypto';
import { SIGV4A } from './authorization.ts';

/** Whether an HMAC signature in hexadecimal is the one that the secret makes; takes the same time either way. */
export function isHmacSignature(
  signature: string,
  { stringToSign, secret, scope }: { stringToSign: string; secret: string; scope: readonly string[] },
): boolean {
  const key = scope.reduce<string | Buffer>((derived, part) => hmac(derived, part), `AWS4${secret}`);
  const expected = hmac(key, stringToSign);
  const given = Buffer.from(signature, 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Whether an ECDSA signature in hexadecimal was made with the key that follows from the secret. */
export function isEcdsaSignature(
  signature: string,
  { stringToSign, secret, accessKeyId }: { stringToSign: string; secret: string; accessKeyId: string },
): boolean {
  const given = Buffer.from(signature, 'hex');
  return verify('sha256', Buffer.from(stringToSign), ecdsaPublicKey(accessKeyId, secret), given);
}

function hmac(key: string | Buffer, data: string | Buffer): Buffer {
  return createHmac('sha256', key).update(data).digest();
}

// The order of P-256 less two: a candidate up to here, plus one, is a private key.
const ORDER_LESS_TWO = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc63254f');
const KEY_BITS = 256;

/**
 * The public key of a SigV4a signer: a private key is derived from the secret in counter mode.
 * AWS page: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-signing-elements.html
 */
function ecdsaPublicKey(accessKeyId: string, secret: string): KeyObject {
  for (let counter = 1; counter < KEY_BITS; counter++) {
    const fixedInput = Buffer.concat([
      uint32(1),
      Buffer.from(SIGV4A),
      Buffer.from([0]),
      Buffer.from(accessKeyId),
      Buffer.from([counter]),
      uint32(KEY_BITS),
    ]);
    const candidate = BigInt(`0x${hmac(`AWS4A${secret}`, fixedInput).toString('hex')}`);
    if (candidate <= ORDER_LESS_TWO) return publicKeyOf(candidate + 1n);
  }
  throw new Error('No ECDSA key follows from this secret.');
}

function publicKeyOf(privateKey: bigint): KeyObject {
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(privateKey.toString(16).padStart(64, '0'), 'hex');
  const point = curve.getPublicKey();
  const coordinate = (from: number) => point.subarray(from, from + 32).toString('base64url');
  const key = { kty: 'EC', crv: 'P-256', x: coordinate(1), y: coordinate(33) };
  return createPublicKey({ key, format: 'jwk' });
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
