const MASK = '***';

/**
 * Hides secrets in texts that people will see. An endpoint may send back what it got, so each secret is looked
 * for as it is and as a URL carries it.
 */
export function maskOf(secrets: readonly string[]): (text: string) => string {
  const forms = new Set(
    secrets.flatMap((secret) => [secret, encodeURIComponent(secret), formEncoded(secret)]),
  );
  forms.delete('');
  // A secret inside a longer one must not leave the rest of that behind.
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);
  return (text) => longestFirst.reduce((masked, form) => masked.replaceAll(form, MASK), text);
}

function formEncoded(text: string): string {
  return new URLSearchParams({ '': text }).toString().slice(1);
}
