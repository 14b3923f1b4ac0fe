import { isList, type ParameterValue } from '../parameters/parameter-value.ts';
import { pythonText } from '../python-text.ts';
import { compareTexts } from '../query/value-order.ts';
import { drawTable, TableSection, type TableStyle } from './table.ts';

/**
 * A value as the AWS CLI draws tables: a section for each nested object and list, titled by its member's name, the
 * whole by `title`. Nothing for what is empty. Throws RangeError for a list whose items are of different kinds
 * and fit no table.
 */
export function tableText(title: string, value: ParameterValue, style: TableStyle): string {
  const table = new TableBuilder();
  return table.add(title, value, 0) ? drawTable(table.sections, style) : '';
}

class TableBuilder {
  readonly sections: TableSection[] = [];

  /** Answers whether there was anything to add. */
  add(title: string | undefined, value: ParameterValue, level: number): boolean {
    if (isNothing(value)) return false;
    if (title !== undefined) this.sections.push(new TableSection(title, level));
    if (value instanceof Map) this.#object(value, level);
    else if (value !== null && isList(value)) {
      if (value[0] instanceof Map) this.#objects(value, title, level);
      else this.#list(value);
    }
    return true;
  }

  #list(items: readonly ParameterValue[]): void {
    for (const item of items) {
      if (isScalar(item)) this.#row([item]);
      else if (item instanceof Map) this.#row([...item.keys()]);
      else if (item !== null && isList(item) && item.every(isScalar)) this.#row(item);
      else this.add(undefined, item, 0);
    }
  }

  // A single field stands beside its name, several below theirs.
  #object(object: ReadonlyMap<string, ParameterValue>, level: number): void {
    const { fields, nested } = keysOf([object]);
    const [only, ...others] = fields;
    if (only !== undefined && others.length === 0) {
      this.#row([only, object.get(only) ?? null]);
    } else if (fields.length > 0) {
      this.#section().addHeadings(fields);
      this.#row(fields.map((field) => object.get(field) ?? null));
    }
    for (const name of nested) this.add(name, object.get(name) ?? null, level + 1);
  }

  // One row an object; with something nested each object has a section of its own.
  #objects(items: readonly ParameterValue[], title: string | undefined, level: number): void {
    const objects = items.map(asObject);
    const { fields, nested } = keysOf(objects);
    this.#section().addHeadings(fields);
    for (const [index, object] of objects.entries()) {
      if (index > 0 && nested.length > 0) {
        this.sections.push(new TableSection(title ?? '', level));
        this.#section().addHeadings(fields);
      }
      this.#row(fields.map((field) => (object.has(field) ? (object.get(field) ?? null) : '')));
      for (const name of nested) this.add(name, object.get(name) ?? null, level + 1);
    }
  }

  #row(values: readonly ParameterValue[]): void {
    this.#section().addRow(values.map(pythonText));
  }

  #section(): TableSection {
    const last = this.sections.at(-1);
    if (last !== undefined) return last;
    const first = new TableSection('', 0);
    this.sections.push(first);
    return first;
  }
}

function asObject(value: ParameterValue): ReadonlyMap<string, ParameterValue> {
  if (value instanceof Map) return value;
  throw new RangeError(`a table can't hold objects and other values in one list: ${pythonText(value)}`);
}

// The members of all objects: those that are somewhere a field, and those that are somewhere nested.
function keysOf(objects: readonly ReadonlyMap<string, ParameterValue>[]): {
  readonly fields: readonly string[];
  readonly nested: readonly string[];
} {
  const members = objects.flatMap((object) => [...object]);
  const names = (wanted: boolean) =>
    [...new Set(members.filter(([, value]) => isScalar(value) === wanted).map(([name]) => name))].sort(
      compareTexts,
    );
  return { fields: names(true), nested: names(false) };
}

function isScalar(value: ParameterValue): boolean {
  return value === null || !(isList(value) || value instanceof Map);
}

// Zero and false are nothing here too: so it is with the AWS CLI.
function isNothing(value: ParameterValue): boolean {
  if (value === null || value === false || value === '' || value === 0n || value === 0) return true;
  return value instanceof Map ? value.size === 0 : isList(value) && value.length === 0;
}
