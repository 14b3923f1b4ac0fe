import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';

// Debian installs daemons where only root's PATH looks.
const USUAL_FOLDERS = ['/usr/sbin', '/usr/local/bin', '/usr/local/sbin', '/opt/homebrew/bin'];

/** What a person reads who runs the tests without a nats-server. */
export const howToInstall =
  'The tests of the JetStream store need nats-server, 2.9 or newer, and it is not on this machine. Install it: ' +
  '`apt-get install nats-server` (Debian, Ubuntu), `brew install nats-server` (macOS), or from https://nats.io/download.';

/** Path of nats-server, looked for in these folders and the usual ones; undefined when it isn't there. */
export function natsServerProgram(folders: readonly string[]): string | undefined {
  return [...folders, ...USUAL_FOLDERS]
    .map((folder) => join(folder, 'nats-server'))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
