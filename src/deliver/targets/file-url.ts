import { normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isBelow } from './below.ts';

/** The path of a `file:///…jsonl` target; undefined when the URL is not of that form. */
export function pathOfFileUrl(text: string): string | undefined {
  if (!text.startsWith('file:///') || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.host !== '' || url.search !== '' || url.hash !== '') return undefined;
  try {
    const path = fileURLToPath(url);
    return path.endsWith('.jsonl') && path === normalize(path) && !path.includes('\0') ? path : undefined;
  } catch {
    return undefined; // an escaped slash, for one
  }
}

/** Why nothing is appended to this file, in a sentence; undefined when it may be. */
export function refusalOfFile(text: string, folders: readonly string[]): string | undefined {
  const path = pathOfFileUrl(text);
  if (path === undefined) return 'A file is an absolute path that ends in .jsonl: file:///FOLDER/NAME.jsonl.';
  if (isBelow(path, folders)) return undefined;
  return folders.length === 0
    ? 'Files are no targets unless --file-targets (BUSBAR_FILE_TARGETS) names their folders.'
    : `It is not below a folder that --file-targets (BUSBAR_FILE_TARGETS) names: ${folders.join(', ')}.`;
}
