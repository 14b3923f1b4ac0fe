import type { Candidates } from './candidates.ts';

const LONGEST_ABOUT = 70;

/**
 * Candidates as the scripts of the shells read them: a line each, what it is for behind a tab; `:files` or `:folders`
 * where the shell is to complete paths.
 */
export function candidatesText({ words, paths }: Candidates): string {
  const lines = words.map(([word, about]) => (about === '' ? word : `${word}\t${shortened(about)}`));
  return [...lines, ...(paths === undefined ? [] : [`:${paths}`])].map((line) => `${line}\n`).join('');
}

function shortened(about: string): string {
  const [first = ''] = about.split(/(?<=[\w)])[.:;] /);
  const plain = first.replace(/\.$/, '');
  if (plain.length <= LONGEST_ABOUT) return plain;
  return `${plain.slice(0, plain.lastIndexOf(' ', LONGEST_ABOUT - 4))} ...`;
}
