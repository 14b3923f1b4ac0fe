import {
  type ConfigurationChange,
  type ConfigurationEvent,
  type ConfigurationRecord,
  RevisionConflict,
} from '../store.ts';

/** Records of configuration in a map. Values are kept as JSON text, so that nobody shares an object. */
export class MemoryConfiguration {
  readonly #records = new Map<string, { kind: string; key: string; json: string; revision: number }>();
  #revision = 0;

  /** Every record, in order of kind and key (by code unit). */
  read(): readonly ConfigurationRecord[] {
    return [...this.#records.values()]
      .sort((a, b) => compare(a.kind, b.kind) || compare(a.key, b.key))
      .map(({ kind, key, json, revision }) => ({ kind, key, value: JSON.parse(json), revision }));
  }

  /** Changes one record; answers what the watchers are to be told, and the revision. Throws RevisionConflict. */
  write(change: ConfigurationChange): { readonly event: ConfigurationEvent; readonly revision: number } {
    const { kind, key, value, expectedRevision } = change;
    const place = JSON.stringify([kind, key]);
    const seen = this.#records.get(place)?.revision ?? 0;
    if (seen !== expectedRevision) {
      throw new RevisionConflict(`${kind} ${key} is at revision ${seen}, not ${expectedRevision}`);
    }
    if (value === undefined) {
      this.#records.delete(place);
      this.#revision += 1;
      return { event: { kind: 'delete', record: { kind, key } }, revision: this.#revision };
    }
    const json: string | undefined = JSON.stringify(value);
    if (json === undefined) throw new TypeError('A value of configuration must be JSON.');
    this.#revision += 1;
    this.#records.set(place, { kind, key, json, revision: this.#revision });
    const record = { kind, key, value: JSON.parse(json), revision: this.#revision };
    return { event: { kind: 'put', record }, revision: this.#revision };
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
