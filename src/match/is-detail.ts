import { InvalidEventError } from './json-text.ts';
import { fastestScanner } from './scan/fastest-scanner.ts';
import { PathTree } from './scan/path-tree.ts';
import { MAX_EVENT_DEPTH } from './scan/scanner.ts';

const nothingWanted = new PathTree();

/**
 * Whether a text is a JSON object, and can be the detail of an event: with the envelope around it, it is not
 * nested deeper than events may be.
 */
export function isDetail(text: string): boolean {
  if (!isJsonObject(text)) return false;
  // A text this short can't open that many objects or arrays and close them again.
  return text.length < 2 * MAX_EVENT_DEPTH || isJsonObject(`{"detail":${text}}`);
}

function isJsonObject(text: string): boolean {
  try {
    fastestScanner().scan(nothingWanted, text);
    return true;
  } catch (error) {
    if (error instanceof InvalidEventError) return false;
    throw error;
  }
}
