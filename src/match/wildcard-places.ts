import type { Condition } from './pattern.ts';

/** One wildcard over the quoted value, as bytes. Places with the same number are counted once. */
export interface WildcardPath {
  readonly segments: readonly Segment[];
}

export interface Segment {
  /** One character a byte. */
  readonly text: string;
  /** The place behind each byte. */
  readonly places: readonly number[];
  /** The star behind the segment; undefined behind the last. */
  readonly star: number | undefined;
}

/** The paths of all distinct wildcards among the conditions of one field, those inside `anything-but` included. */
export function wildcardPaths(conditions: readonly Condition[]): readonly WildcardPath[] {
  const numbers = { next: 0 };
  const paths: WildcardPath[] = [];
  const seen = new Set<string>();
  for (const condition of conditions) {
    const wildcards = condition.kind === 'none-of' ? condition.conditions : [condition];
    const lists = wildcards.flatMap((wildcard) => (wildcard.kind === 'wildcard' ? [wildcard.segments] : []));
    const key = JSON.stringify([condition.kind, lists]);
    if (lists.length === 0 || seen.has(key)) continue;
    seen.add(key);
    const trie = lists.length > 1 ? new SharedPlaces(numbers) : undefined;
    for (const segments of lists) paths.push({ segments: numbered(segments, numbers, trie) });
  }
  return paths;
}

interface Numbers {
  next: number;
}

// AWS's count for a list inside anything-but lies between sharing all places that begin alike and sharing
// none. This reproduces the counts that are known: places are shared but for the stars behind the first and
// for the places right behind a star.
class SharedPlaces {
  readonly #numbers: Numbers;
  readonly #children = new Map<string, number>();
  #node = -1;

  constructor(numbers: Numbers) {
    this.#numbers = numbers;
  }

  restart(): void {
    this.#node = -1;
  }

  step(letter: string): number {
    const key = `${this.#node} ${letter}`;
    const node = this.#children.get(key) ?? this.#numbers.next++;
    this.#children.set(key, node);
    this.#node = node;
    return node;
  }

  end(): number {
    this.#node = -2;
    return this.step('"');
  }
}

function numbered(
  segments: readonly string[],
  numbers: Numbers,
  shared: SharedPlaces | undefined,
): readonly Segment[] {
  shared?.restart();
  const last = segments.length - 1;
  return segments.map((segment, index) => {
    const text = `${index === 0 ? '"' : ''}${bytes(segment)}${index === last ? '"' : ''}`;
    const places = Array.from(text, (letter, at) => {
      const place = shared?.step(letter);
      if (index === last && at === text.length - 1) return shared?.end() ?? numbers.next++;
      return place === undefined || (index > 0 && at === 0) ? numbers.next++ : place;
    });
    if (index === last) return { text, places, star: undefined };
    const star = shared?.step('*');
    return { text, places, star: star === undefined || index > 0 ? numbers.next++ : star };
  });
}

function bytes(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
}
