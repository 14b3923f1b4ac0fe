import type { ArchivedEvent, ArchiveSize } from '../../domain/archive.ts';
import type {
  FailedDelivery,
  LeasedDelivery,
  OwedDelivery,
  OwedEvent,
  Settlement,
} from '../../domain/delivery.ts';
import type {
  AgedDeliveries,
  AgedRequest,
  ArchivePage,
  ConfigurationChange,
  ConfigurationEvent,
  ConfigurationRecord,
  DeliveryCounts,
  FailedPage,
  LeaseRequest,
  Store,
} from '../store.ts';
import { Watchers } from '../watchers.ts';
import type { Change } from './change.ts';
import { GroupCommit } from './group-commit.ts';
import { SqliteFile } from './sqlite-file.ts';

/**
 * Opens the store of a folder, which is created where it is missing. Rejects, with a sentence for the person
 * who starts Busbar, when another process has the folder, a newer Busbar wrote it, or it is damaged.
 */
export async function openSqliteStore(folder: string): Promise<SqliteStore> {
  return new SqliteStore(new SqliteFile(folder));
}

/** A store in one SQLite file: what it says is durable has been synced to disk. */
export class SqliteStore implements Store {
  readonly #file: SqliteFile;
  readonly #commits: GroupCommit;
  readonly #configurationWatchers = new Watchers<ConfigurationEvent>();
  readonly #owedWatchers = new Watchers<void>();
  #closing: Promise<void> | undefined;

  constructor(file: SqliteFile) {
    this.#file = file;
    this.#commits = new GroupCommit(
      (changes) => file.commit(changes),
      (change, value) => this.#tell(change, value),
    );
  }

  async readConfiguration(): Promise<readonly ConfigurationRecord[]> {
    this.#mustBeOpen();
    return this.#file.readConfiguration();
  }

  async writeConfiguration(change: ConfigurationChange): Promise<number> {
    const { kind, key, value, expectedRevision } = change;
    const json = value === undefined ? undefined : jsonText(value);
    return this.#submit({ kind: 'configure', configuration: { kind, key, json, expectedRevision } });
  }

  watchConfiguration(listener: (event: ConfigurationEvent) => void): () => void {
    return this.#configurationWatchers.add(listener);
  }

  async append(events: readonly OwedEvent[]): Promise<void> {
    await this.#submit({ kind: 'append', events });
  }

  watchOwed(listener: () => void): () => void {
    return this.#owedWatchers.add(listener);
  }

  async lease(request: LeaseRequest): Promise<readonly LeasedDelivery[]> {
    this.#mustBeOpen();
    return this.#file.lease(request);
  }

  async leaseAged(request: AgedRequest): Promise<AgedDeliveries> {
    this.#mustBeOpen();
    return this.#file.leaseAged(request);
  }

  async settle(settlements: readonly Settlement[]): Promise<void> {
    await this.#submit({ kind: 'settle', settlements });
  }

  async nextDueAt(hasRoom: (queue: OwedDelivery) => boolean = () => true): Promise<number | undefined> {
    this.#mustBeOpen();
    return this.#file.nextDueAt(hasRoom);
  }

  async listFailed(page: FailedPage): Promise<readonly FailedDelivery[]> {
    this.#mustBeOpen();
    return this.#file.listFailed(page);
  }

  async redrive(request: { readonly ids: readonly string[]; readonly now: number }): Promise<number> {
    return this.#submit({ kind: 'redrive', ...request });
  }

  async countDeliveries(isWanted?: (owner: string) => boolean): Promise<DeliveryCounts> {
    this.#mustBeOpen();
    return this.#file.countDeliveries(isWanted);
  }

  async readArchive(page: ArchivePage): Promise<readonly ArchivedEvent[]> {
    this.#mustBeOpen();
    return this.#file.readArchive(page);
  }

  async measureArchive(archive: string): Promise<ArchiveSize> {
    this.#mustBeOpen();
    return this.#file.measureArchive(archive);
  }

  async trimArchive(request: {
    readonly archive: string;
    readonly before: number;
    readonly max: number;
  }): Promise<number> {
    return this.#submit({ kind: 'trim', ...request });
  }

  async probe(): Promise<void> {
    await this.#submit({ kind: 'probe' });
  }

  close(): Promise<void> {
    this.#closing ??= this.#commits.idle().then(() => this.#file.close());
    return this.#closing;
  }

  #submit(change: Change): Promise<number> {
    this.#mustBeOpen();
    return this.#commits.submit(change);
  }

  #tell(change: Change, value: number): void {
    switch (change.kind) {
      case 'configure':
        this.#configurationWatchers.tell(configurationEvent(change, value));
        break;
      case 'append':
        this.#owedWatchers.tell();
        break;
      case 'settle':
        if (change.settlements.some(({ kind }) => kind === 'retry')) this.#owedWatchers.tell();
        break;
      case 'probe':
      case 'trim':
        break;
      case 'redrive':
        if (value > 0) this.#owedWatchers.tell();
        break;
    }
  }

  #mustBeOpen(): void {
    if (this.#closing !== undefined) throw new Error('The store is closed.');
  }
}

function configurationEvent(
  { configuration }: Extract<Change, { kind: 'configure' }>,
  revision: number,
): ConfigurationEvent {
  const { kind, key, json } = configuration;
  if (json === undefined) return { kind: 'delete', record: { kind, key } };
  return { kind: 'put', record: { kind, key, value: JSON.parse(json), revision } };
}

function jsonText(value: unknown): string {
  const json: string | undefined = JSON.stringify(value);
  if (json === undefined) throw new TypeError('A value of configuration must be JSON.');
  return json;
}
