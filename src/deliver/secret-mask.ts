const MASK = '***';

/**
 * Hides secrets in texts that people will see. An endpoint may send back what it got, so each secret is looked
 * for as it is, as a URL or JSON carries it, and in base64.
 */
export function maskOf(secrets: readonly string[]): (text: string) => string {
  const forms = new Set(secrets.flatMap(formsOf));
  forms.delete('');
  // A secret inside a longer one must not leave the rest of that behind.
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);
  return (text) => longestFirst.reduce((masked, form) => masked.replaceAll(form, MASK), text);
}

function formsOf(secret: string): readonly string[] {
  // Without its padding, which not everybody writes.
  const base64 = Buffer.from(secret).toString('base64').replace(/=+$/, '');
  // encodeURIComponent throws on half of a surrogate pair.
  return [
    secret,
    encodeURIComponent(secret.toWellFormed()),
    formEncoded(secret),
    base64,
    ...jsonForms(secret),
  ];
}

/** As a JSON string holds it: writers of JSON differ in whether `/` and what is not ASCII are escaped. */
function jsonForms(text: string): readonly string[] {
  const plain = JSON.stringify(text).slice(1, -1);
  const ascii = plain.replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return [plain, ascii].flatMap((form) => [form, form.replaceAll('/', '\\/')]);
}

function formEncoded(text: string): string {
  return new URLSearchParams({ '': text }).toString().slice(1);
}
