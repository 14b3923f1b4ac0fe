import { textWidth } from './text-width.ts';

/** How a table is drawn. */
export interface TableStyle {
  /** The terminal's width in columns; a wider table is turned where it can be. */
  readonly width: number;
  readonly colored: boolean;
}

/** A part of a table: a title, column headings, rows. All rows have as many cells as the first one. */
export class TableSection {
  readonly title: string;
  /** How many bars stand on either side of it. */
  readonly level: number;
  #headings: readonly string[] = [];
  readonly #rows: (readonly string[])[] = [];
  #columns: number | undefined;
  #widths: readonly number[] = [];

  constructor(title: string, level: number) {
    this.title = title;
    this.level = level;
  }

  get headings(): readonly string[] {
    return this.#headings;
  }

  get rows(): readonly (readonly string[])[] {
    return this.#rows;
  }

  /** The width of each column's widest cell. */
  get widths(): readonly number[] {
    return this.#widths;
  }

  addHeadings(headings: readonly string[]): void {
    this.#columns ??= headings.length;
    this.#headings = headings;
    this.#widen(headings);
  }

  /** Throws RangeError for a row of another length than the first one's. */
  addRow(cells: readonly string[]): void {
    this.#columns ??= cells.length;
    if (cells.length !== this.#columns) {
      throw new RangeError(`Row should have ${this.#columns} elements, instead it has ${cells.length}`);
    }
    this.#rows.push(cells);
    this.#widen(cells);
  }

  /** The section with its only row turned: heading and cell side by side. Other sections stay as they are. */
  turned(): TableSection {
    const [row, ...others] = this.#rows;
    if (row === undefined || others.length > 0 || this.#headings.length === 0) return this;
    const section = new TableSection(this.title, this.level);
    for (const [index, heading] of this.#headings.entries()) section.addRow([heading, row[index] ?? '']);
    return section;
  }

  #widen(cells: readonly string[]): void {
    const widths = cells.map(textWidth);
    this.#widths = widths.map((width, index) => Math.max(width, this.#widths[index] ?? 0));
  }
}

/** The sections one below the other, all as wide as the widest. */
export function drawTable(sections: readonly TableSection[], style: TableStyle): string {
  const isTooWide = tableWidth(sections) > style.width;
  const shown = isTooWide ? sections.map((section) => section.turned()) : sections;
  const width = tableWidth(shown);
  return `${'-'.repeat(width)}\n${shown.map((section) => drawSection(section, width, style.colored)).join('')}`;
}

const CELL_PADDING = 4;

function tableWidth(sections: readonly TableSection[]): number {
  return Math.max(0, ...sections.map(sectionWidth));
}

function sectionWidth({ title, level, widths }: TableSection): number {
  const border = 2;
  const cells = widths.reduce((sum, width) => sum + width + CELL_PADDING, 0);
  return border + 2 * level + Math.max(textWidth(title), cells);
}

function drawSection(section: TableSection, tableWidth: number, colored: boolean): string {
  const width = tableWidth - 2 * section.level;
  const { title, headings, rows } = section;
  const widths = columnWidths(section.widths, width);
  const lines: string[] = [];
  if (title !== '') lines.push(`|${cell(title, { width: width - 2, edges: 2 }, centered)}|`);
  if (headings.length === 0 && rows.length === 0 && title !== '') lines.push(`+${dashes(width - 2)}+`);
  if (headings.length > 0) lines.push(rule(widths), row(headings, widths, centered));
  if (rows.length > 0 && widths.length > 0) {
    const drawn = rows.map((texts) => row(texts, widths, leftAligned, colored ? blue : asIs));
    lines.push(rule(widths), ...drawn, rule(widths));
  }
  const bars = (colored ? DIM_BAR : '|').repeat(section.level);
  return lines.map((line) => `${bars}${line}${bars}\n`).join('');
}

// Every column is as much wider as the whole section is; what rounding leaves over is spread.
function columnWidths(widest: readonly number[], width: number): readonly number[] {
  const wanted = widest.map((column) => column + CELL_PADDING);
  const total = wanted.reduce((sum, column) => sum + column, 0);
  const scaled = wanted.map((column) => rounded((width / total) * column));
  let excess = scaled.reduce((sum, column) => sum + column, 0) - width;
  while (excess !== 0 && scaled.length > 0) {
    const step = Math.sign(excess);
    for (let at = 0; at < scaled.length && excess !== 0; at += 1) {
      const index = step > 0 ? at : scaled.length - 1 - at;
      scaled[index] = (scaled[index] ?? 0) - step;
      excess -= step;
    }
  }
  return scaled;
}

// Halves go to the even neighbour.
function rounded(number: number): number {
  const floor = Math.floor(number);
  if (number - floor !== 0.5) return Math.round(number);
  return floor % 2 === 0 ? floor : floor + 1;
}

// How many spaces stand before and behind a text in its cell.
type Place = (length: number, width: number, edges: number) => readonly [before: number, behind: number];
type Paint = (text: string) => string;

// The first cell has an edge on both sides, the others on their right only.
function row(texts: readonly string[], widths: readonly number[], place: Place, paint: Paint = asIs): string {
  const drawn = texts.map((text, index) => {
    const edges = index === 0 ? 2 : 1;
    return cell(text, { width: (widths[index] ?? 0) - edges, edges }, place, paint);
  });
  return `|${drawn.map((text) => `${text}|`).join('')}`;
}

function rule(widths: readonly number[]): string {
  return `+${widths.map((width, index) => `${dashes(index === 0 ? width - 2 : width - 1)}+`).join('')}`;
}

interface Cell {
  /** Without its edges. */
  readonly width: number;
  readonly edges: number;
}

function cell(text: string, { width, edges }: Cell, place: Place, paint: Paint = asIs): string {
  const [before, behind] = place(textWidth(text), width, edges);
  return spaces(before) + paint(text) + spaces(behind);
}

// The middle is counted from the outer edges, and only the first cell of a row has a left one of its own.
function centered(length: number, width: number, edges: number): readonly [number, number] {
  const before = Math.floor((width + edges) / 2) - Math.floor(length / 2) - 1;
  return [before, width - before - length];
}

function leftAligned(length: number, width: number): readonly [number, number] {
  const before = width - length >= 2 ? 2 : 0;
  return [before, width - length - before];
}

function asIs(text: string): string {
  return text;
}

function blue(text: string): string {
  return `\u001b[1m\u001b[34m${text}\u001b[0m`;
}

const DIM_BAR = '\u001b[2m\u001b[33m|\u001b[0m';

function dashes(count: number): string {
  return '-'.repeat(Math.max(0, count));
}

function spaces(count: number): string {
  return ' '.repeat(Math.max(0, count));
}
