import { dirname } from 'node:path';
import { compactJson } from '../../domain/input/index.ts';
import { isReallyBelow } from './below.ts';
import { pathOfFileUrl, refusalOfFile } from './file-url.ts';
import { LineAppender, NotAFileError } from './line-appender.ts';
import {
  delivered,
  type Outcome,
  permanent,
  retryable,
  type TargetKind,
  type TargetSettings,
} from './target-kind.ts';

const MISSING = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP', 'ENXIO', 'ENAMETOOLONG']);
const DENIED = new Set(['EACCES', 'EPERM', 'EROFS']);

/**
 * Busbar's own kind of target: a file, `file:///FOLDER/NAME.jsonl`, to which each input is appended as a line. It
 * is made when it is missing, for its owner's eyes only; its folder is not. Delivered means on disk.
 */
export function createFileTarget({ fileFolders }: Pick<TargetSettings, 'fileFolders'>): TargetKind {
  const appender = new LineAppender();
  return {
    async invoke({ target, input, signal }) {
      const path = pathOfFileUrl(target.arn);
      // What may be written to can have changed since the target was put.
      const refusal = refusalOfFile(target.arn, fileFolders);
      if (path === undefined || refusal !== undefined) return permanent('NO_PERMISSIONS', refusal ?? '');
      try {
        if (!(await isReallyBelow(dirname(path), fileFolders))) {
          return permanent(
            'NO_PERMISSIONS',
            `A symbolic link leads ${path} out of the folders that are allowed.`,
          );
        }
        await appender.append(path, compactJson(input), signal);
        return delivered;
      } catch (error) {
        return outcomeOf(error, signal);
      }
    },
    close: () => undefined,
  };
}

function outcomeOf(error: unknown, signal: AbortSignal): Outcome {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (MISSING.has(code) || error instanceof NotAFileError) return permanent('NO_RESOURCE', message);
  if (DENIED.has(code)) return permanent('NO_PERMISSIONS', message);
  if (signal.aborted) return retryable('TIMEOUT', 'The file was not written in time.');
  // A full disk, above all: there may be room again.
  return retryable('SERVER_ERROR', message);
}
