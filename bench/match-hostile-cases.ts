// What is hard on an engine for patterns: patterns as long as they may be, events as long as they may be.

const PATTERN_CHARS = 4096;
const EVENT_BYTES = 1_000_000;

/** Patterns of up to 4,096 characters, by what is hard about them. */
export const HOSTILE_PATTERNS: Readonly<Record<string, string>> = {
  'stars between equal letters': wildcard('*a'.repeat(2000)),
  'stars between different letters': wildcard(filled((index) => `*${letter(index)}`, 4000)),
  'one star, many of the same letter': wildcard(`*${'a'.repeat(4000)}`),
  'a star behind each of many letters': wildcard(`${'ab'.repeat(1990)}*b*`),
  'many wildcards of one field': `{"a":[${list((index) => `{"wildcard":"*${letter(index)}${index}*"}`)}]}`,
  'many wildcards with equal ends': `{"a":[${list((index) => `{"wildcard":"*/datasync/*.e${index}"}`)}]}`,
  'ten wildcards that overlap': `{"a":[${Array.from({ length: 10 }, (_, index) => `{"wildcard":"*${'a'.repeat(index + 1)}${'b'.repeat(380)}"}`).join()}]}`,
  'a long list of excluded wildcards': `{"a":[{"anything-but":{"wildcard":[${list((index) => `"*x${index}y*"`)}]}}]}`,
  'excluded wildcards before each other': `{"a":[${list((index) => `{"anything-but":{"wildcard":"*a*${index}"}}`)}]}`,
  '$or times $or: 2 to the 100th': `{${Array.from({ length: 100 }, (_, index) => `"k${index}":{"$or":[{"a":[1]},{"b":[1]}]}`).join()}}`,
  '$or just below the limit': `{"$or":[${list((index) => `{"a":[${index}]}`, 30)}],"z":{"$or":[${list((index) => `{"b":[${index}]}`, 33)}]}}`,
  '$or in $or in $or': `${'{"$or":[{"a":[1]},'.repeat(180)}{"b":[1]}${']}'.repeat(180)}`,
  'objects in objects': `${'{"a":'.repeat(580)}[1]${'}'.repeat(580)}`,
  'arrays in arrays, which no pattern has': `{"a":${'['.repeat(4000)}`,
  'one key again and again': `{${list((index) => `"a":[${index}]`)}}`,
  'a thousand strings': `{"a":[${list((index) => `"${index}"`)}]}`,
  'a thousand numbers': `{"a":[${list((index) => `${index}e${index % 300}`)}]}`,
  'numbers with thousands of digits': `{"a":[{"numeric":["<",${'9'.repeat(4000)}]}]}`,
  'a long number that is none': `{"a":[{"numeric":["<",0.${'3'.repeat(4000)}]}]}`,
  networks: `{"a":[${list((index) => `{"cidr":"2001:db8::${index.toString(16)}/64"}`)}]}`,
  'letters of every case': `{"a":[{"equals-ignore-case":"${'ßİσ'.repeat(1350)}"}]}`,
  escapes: `{"a":["${'\\u0041'.repeat(680)}"]}`,
  'escaped stars': wildcard('\\\\*'.repeat(1350)),
  'what is no JSON, at the end': `${list((index) => `{"a${index}":`)}`,
};

/** Sets of 1,000 rules that are the hardest for events with many values. */
export const HOSTILE_RULES: Readonly<Record<string, readonly string[]>> = {
  'on siblings': rules((index) => `{"p":{"x":[${index}]},"q":{"x":[{"numeric":[">=",${index}]}]},"z":[1]}`),
  'of wildcards': rules((index) => `{"p":{"x":[{"wildcard":"*a${index}*b*"}]}}`),
  'of negations': rules(
    (index) => `{"p":{"x":[{"anything-but":["${index}"]}],"y":[{"exists":false}]},"q":{"x":[${index}]}}`,
  ),
  'of every kind': rules((index) => {
    const conditions = [
      `{"prefix":"a${index}"}`,
      `{"suffix":"${index}"}`,
      `{"equals-ignore-case":"A${index}"}`,
      `{"numeric":["<",${-index}]}`,
      `{"cidr":"10.${index % 256}.0.0/16"}`,
      `{"anything-but":{"prefix":"${index}"}}`,
      `{"wildcard":"*${index}*"}`,
    ];
    return `{"p":{"x":[${conditions[index % 7]}],"y":[${conditions[(index * 3 + 1) % 7]}]},"q":{"x":[${conditions[(index * 5 + 2) % 7]}]}}`;
  }),
  'of two ranges': rules(
    (index) => `{"p":{"x":[{"numeric":[">",${index}]}],"y":[{"numeric":[">",${index}]}]}}`,
  ),
  'of arrays beside each other': rules((index) =>
    index % 2 === 0
      ? `{"p":{"r":{"x":[{"numeric":["<",${-index}]},"${index}",1]},"s":{"y":[{"exists":false}]}}}`
      : `{"p":{"r":{"x":[{"anything-but":["${index}"]}]},"s":{"y":[{"exists":false}]}}}`,
  ),
};

/** Events of up to 1 MB, by what is hard about them. */
export const HOSTILE_EVENTS: Readonly<Record<string, string>> = {
  'two sibling arrays of 1,000 objects': `{"p":${elements(1000, (n) => `{"x":${n},"y":"${n}"}`)},"q":${elements(1000, (n) => `{"x":${n}}`)},"z":1}`,
  'two sibling arrays, 1 MB': `{"p":${elements(25_000, (n) => `{"x":${n},"y":"${n}"}`)},"q":${elements(25_000, (n) => `{"x":${n}}`)},"z":1}`,
  'arrays under a key that repeats': `{"p":${elements(20_000, (n) => `{"x":${n},"y":"${n}"}`)},"p":[{"x":0}],"q":${elements(20_000, (n) => `{"x":${n}}`)},"z":1}`,
  'different strings, 1 MB': `{"p":{"x":${elements(70_000, (n) => `"b${n}a${n % 7}"`)}},"z":1}`,
  'one string of 1 MB': `{"p":{"x":"${'a1b'.repeat(EVENT_BYTES / 3.1)}"},"q":{"x":"a"},"z":1}`,
  'one key again and again': `{${Array.from({ length: 55_000 }, (_, n) => `"p":{"x":${n}}`).join()}}`,
  'elements that meet one range each': `{"p":${elements(25_000, (n) => (n % 2 === 0 ? `{"x":${5000 + n},"y":0}` : `{"x":0,"y":${5000 + n}}`))}}`,
  'two and two values in each element': `{"p":${elements(18_000, (n) => `{"r":[{"x":${n % 7}},{"x":${n}}],"s":[{"y":1},{"y":2}]}`)}}`,
  'arrays in arrays in arrays': `{"p":${elements(32, () => elements(32, () => elements(32, (n) => `{"x":${n},"y":"a${n}"}`)))},"q":[{"x":1}]}`,
  'arrays 900 deep, each with values': `${'{"p":['.repeat(1)}${'[{"x":1},'.repeat(900)}{"x":2}${']'.repeat(900)}]}`,
  'keys that nobody asks for': `{${Array.from({ length: 60_000 }, (_, n) => `"k${n}":${n}`).join()}}`,
  'numbers with many digits': `{"p":{"x":${elements(20_000, (n) => `0.${'3'.repeat(30)}${n}`)}}}`,
  'escapes in strings': `{"p":{"x":${elements(20_000, (n) => `"\\u0061\\u0031${n}\\n\\ud83d\\ude00"`)}}}`,
  addresses: `{"p":{"x":${elements(50_000, (n) => `"10.${n % 256}.${n % 251}.${n % 7}"`)}}}`,
  'broken at the last byte': `{"p":${elements(50_000, (n) => `{"x":${n}}`)},"q":1,}`,
};

function wildcard(text: string): string {
  return `{"a":[{"wildcard":"${text}"}]}`;
}

function letter(index: number): string {
  return String.fromCharCode(0x61 + (index % 26));
}

function filled(part: (index: number) => string, chars: number): string {
  let text = '';
  for (let index = 0; text.length + part(index).length <= chars; index++) text += part(index);
  return text;
}

/** As many entries as there is room for in a pattern, or `count` of them. */
function list(entry: (index: number) => string, count = Number.POSITIVE_INFINITY): string {
  const entries: string[] = [];
  let length = 0;
  for (let index = 0; index < count; index++) {
    const text = entry(index);
    length += text.length + 1;
    if (length > PATTERN_CHARS - 50) break;
    entries.push(text);
  }
  return entries.join();
}

function rules(rule: (index: number) => string): readonly string[] {
  return Array.from({ length: 1000 }, (_, index) => rule(index));
}

function elements(count: number, element: (index: number) => string): string {
  return `[${Array.from({ length: count }, (_, index) => element(index)).join()}]`;
}
