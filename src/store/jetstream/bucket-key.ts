// A key of NATS may hold letters, digits and little else. The letter says how the text was turned into bytes: UTF-8
// can't say half of a surrogate pair, and a token may not be empty.
const WELL_FORMED = 'u';
const UTF_16 = 'w';
const FORM = /^([uw])([\w-]*)\.([uw])([\w-]*)$/;

/** The key of a record in the bucket. Different names have different keys. */
export function bucketKey(kind: string, key: string): string {
  return `${token(kind)}.${token(key)}`;
}

/** Kind and key of the record with this key; undefined when it is not Busbar's. */
export function recordName(bucketKey: string): { readonly kind: string; readonly key: string } | undefined {
  const [, kindForm, kind = '', keyForm, key = ''] = FORM.exec(bucketKey) ?? [];
  if (kindForm === undefined || keyForm === undefined) return undefined;
  return { kind: text(kindForm, kind), key: text(keyForm, key) };
}

function token(text: string): string {
  if (text.isWellFormed()) return WELL_FORMED + Buffer.from(text, 'utf8').toString('base64url');
  return UTF_16 + Buffer.from(text, 'utf16le').toString('base64url');
}

function text(form: string, encoded: string): string {
  return Buffer.from(encoded, 'base64url').toString(form === UTF_16 ? 'utf16le' : 'utf8');
}
