import fc from 'fast-check';

/** Parts of a path in a URL, among them every spelling that might lead out of a folder. */
export const pathParts = fc.array(
  fc.constantFrom(
    'a',
    '..',
    '.',
    '',
    '%2e%2e',
    '%2E.',
    '%2f',
    '..%2f..',
    '%5c',
    '\\',
    '%00',
    'a b',
    'é',
    '~',
  ),
  { maxLength: 8 },
);
