import { encodeText } from '../wtf8.ts';
import { hashBytes } from './byte-hash.ts';
import { ByteTable } from './byte-table.ts';

/**
 * The paths that some rule asks for, as a tree of segments: what the scanner walks while it reads an event,
 * to tell the fields that are wanted from those it may skip. A node is a number; the root is 0.
 */
export class PathTree {
  /** Edges: the context is the parent node, the entry's id plus one the child node. */
  readonly #edges = new ByteTable();
  #nodes = new Int32Array(64 * STRIDE);
  #edition = nextEdition();
  /** What `childNamed` found since the last change. */
  readonly #named = new Map<string, number>();

  /** A number that no other tree ever had, nor this one before a path came in the last time. */
  get edition(): number {
    return this.#edition;
  }

  /** The node of a path; each call must be paired with a `release` of that node. */
  acquire(path: string): number {
    let node = ROOT;
    for (const segment of path.split('.')) node = this.#child(node, encodeText(segment));
    this.#add(node, USES, 1);
    if (this.uses(node) === 1) {
      this.#edition = nextEdition();
      this.#named.clear();
    }
    return node;
  }

  /** Takes back one `acquire`. A node that nothing needs any more goes, and its number may be used again. */
  release(node: number): void {
    this.#add(node, USES, -1);
    if (this.uses(node) === 0) this.#named.clear();
    let last = node;
    while (last !== ROOT && this.uses(last) === 0 && this.childCount(last) === 0) {
      const parent = this.#nodes[last * STRIDE + PARENT] ?? 0;
      this.#edges.remove(last - 1);
      this.#add(parent, CHILDREN, -1);
      if (this.childCount(parent) === 0) this.#nodes[parent * STRIDE + LENGTHS] = 0;
      last = parent;
    }
  }

  /** The child of `node` by the segment `bytes[start, end)`, or -1. */
  find(node: number, bytes: Uint8Array, start: number, end: number): number {
    // Most keys of most events are not asked for, and their length alone tells for most of those.
    const lengths = this.#nodes[node * STRIDE + LENGTHS] ?? 0;
    if ((lengths & (1 << ((end - start) & 31))) === 0) return -1;
    const edge = this.#edges.find(node, hashBytes(bytes, start, end), bytes, start, end);
    return edge < 0 ? -1 : edge + 1;
  }

  /** The node that an object's key `bytes[start, end)` leads to from `node`, or -1: a step for each segment. */
  follow(node: number, bytes: Uint8Array, start: number, end: number): number {
    let reached = node;
    let segment = start;
    for (let at = start; at < end; at++) {
      if (bytes[at] !== DOT) continue;
      reached = this.find(reached, bytes, segment, at);
      if (reached < 0) return -1;
      segment = at + 1;
    }
    return this.find(reached, bytes, segment, end);
  }

  /** The node of a path of one segment, or -1. */
  childNamed(name: string): number {
    const known = this.#named.get(name);
    if (known !== undefined) return known;
    const bytes = encodeText(name);
    const node = this.find(ROOT, bytes, 0, bytes.length);
    if (this.#named.size < MAX_NAMED) this.#named.set(name, node);
    return node;
  }

  /** How many times the node's own path is acquired: a value there is wanted if this isn't 0. */
  uses(node: number): number {
    return this.#nodes[node * STRIDE + USES] ?? 0;
  }

  /** How many children the node has. */
  childCount(node: number): number {
    return this.#nodes[node * STRIDE + CHILDREN] ?? 0;
  }

  #child(parent: number, segment: Uint8Array): number {
    const known = this.find(parent, segment, 0, segment.length);
    if (known >= 0) return known;
    const node = this.#edges.add(parent, hashBytes(segment, 0, segment.length), segment) + 1;
    if ((node + 1) * STRIDE > this.#nodes.length) {
      const larger = new Int32Array(this.#nodes.length * 2);
      larger.set(this.#nodes);
      this.#nodes = larger;
    }
    this.#nodes.set([parent, 0, 0, 0], node * STRIDE);
    this.#add(parent, CHILDREN, 1);
    const lengths = parent * STRIDE + LENGTHS;
    this.#nodes[lengths] = (this.#nodes[lengths] ?? 0) | (1 << (segment.length & 31));
    return node;
  }

  #add(node: number, column: number, amount: number): void {
    this.#nodes[node * STRIDE + column] = (this.#nodes[node * STRIDE + column] ?? 0) + amount;
  }
}

let editions = 0;

function nextEdition(): number {
  editions = (editions + 1) | 0;
  return editions;
}

/** The node where every event starts. */
export const ROOT = 0;

const DOT = 0x2e;

/** How many names `childNamed` remembers: an envelope has ten or so. */
const MAX_NAMED = 64;

const STRIDE = 4;
const PARENT = 0;
const USES = 1;
const CHILDREN = 2;
const LENGTHS = 3;
