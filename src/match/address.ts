/** The lowest and highest address of a block, as `addressDigits` writes them. */
export interface Block {
  readonly low: string;
  readonly high: string;
}

/** Why a text is no block of addresses, in AWS's words. */
export interface BlockRefusal {
  readonly reason: string;
}

/**
 * The upper-case hexadecimal digits of an IP address: 8 for IPv4, 32 for IPv6. Undefined when the text is no
 * address. An IPv6 address that embeds an IPv4 one (`::ffff:a00:1`) is that IPv4 address; with dots inside
 * (`::ffff:10.0.0.1`) it is none, as on AWS.
 */
export function addressDigits(text: string): string | undefined {
  if (looksLikeIpv4(text)) return ipv4Digits(text);
  return looksLikeIpv6(text) ? ipv6Digits(text) : undefined;
}

/**
 * Reads `address/bits`. The bits leave at least one free: 0 to 31 for IPv4, 0 to 127 for IPv6. Host bits of
 * the address don't matter.
 */
export function parseBlock(text: string): Block | BlockRefusal {
  const parts = text.split('/');
  // As AWS splits: slashes at the end count for nothing.
  while (parts.at(-1) === '') parts.pop();
  const [address = '', mask = ''] = parts;
  if (parts.length !== 2) return { reason: "Malformed CIDR, one '/' required" };
  const bits = /^[+-]?[0-9]+$/.test(mask) ? Number(mask) : Number.NaN;
  if (Number.isNaN(bits) || Math.abs(bits) > 2 ** 31 - 1) {
    return { reason: 'Malformed CIDR, mask bits must be an integer' };
  }
  if (bits < 0) return { reason: 'Malformed CIDR, mask bits must not be negative' };
  if (!looksLikeIpv4(address) && !looksLikeIpv6(address))
    return { reason: `Nonstandard IP address: ${address}` };
  const digits = addressDigits(address);
  if (digits === undefined) return { reason: `Invalid IP address: ${address}` };
  const width = digits.length * 4;
  if (bits >= width) return { reason: `IPv${width === 32 ? 4 : 6} mask bits must be < ${width}` };
  return blockOf(digits, bits);
}

/**
 * Whether a value lies in a block. AWS compares hexadecimal digits from the left and decides at the first
 * digit that settles it: neither the lengths nor the address families are compared, and `text` may as well
 * be a number, whose own digits are then taken for hexadecimal ones. `::/0` holds "10.0.0.1" and 1.
 *
 * `text` is `addressDigits` of a string or the source text of a number.
 */
export function withinBlock(block: Block, text: string): boolean {
  let atLow = true;
  let atHigh = true;
  for (let at = 0; at < block.low.length; at++) {
    const digit = text[at];
    const low = block.low[at];
    const high = block.high[at];
    if (digit === undefined || low === undefined || high === undefined || !/[0-9A-F]/.test(digit))
      return false;
    // '0' to '9' come before 'A' to 'F' in code unit order too.
    if ((atLow && digit < low) || (atHigh && digit > high)) return false;
    atLow &&= digit === low;
    atHigh &&= digit === high;
    if (!atLow && !atHigh) return true;
  }
  return true;
}

function blockOf(digits: string, bits: number): Block {
  const address = BigInt(`0x${digits}`);
  const hostMask = (1n << BigInt(digits.length * 4 - bits)) - 1n;
  const write = (value: bigint) => value.toString(16).toUpperCase().padStart(digits.length, '0');
  return { low: write(address & ~hostMask), high: write(address | hostMask) };
}

function looksLikeIpv4(text: string): boolean {
  return /^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$/.test(text);
}

function looksLikeIpv6(text: string): boolean {
  return text.includes(':') && /^[0-9a-fA-F:]+$/.test(text);
}

function ipv4Digits(text: string): string | undefined {
  if (text.length > '255.255.255.255'.length) return undefined;
  const parts = text.split('.').map(Number);
  return parts.some((part) => part > 255) ? undefined : parts.map((part) => hex(part, 2)).join('');
}

function ipv6Digits(text: string): string | undefined {
  const [head = '', tail, ...more] = text.split('::');
  if (more.length > 0) return undefined;
  const left = groups(head);
  const right = tail === undefined ? [] : groups(tail);
  if (left === undefined || right === undefined) return undefined;
  const missing = 8 - left.length - right.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const digits = [...left, ...Array<number>(missing).fill(0), ...right]
    .map((group) => hex(group, 4))
    .join('');
  const embedsIpv4 = digits.startsWith('00000000000000000000FFFF');
  return embedsIpv4 ? digits.slice(24) : digits;
}

function groups(text: string): number[] | undefined {
  if (text === '') return [];
  const values = text.split(':').map((group) => (group === '' ? Number.NaN : Number.parseInt(group, 16)));
  return values.some((value) => Number.isNaN(value) || value > 0xffff) ? undefined : values;
}

function hex(value: number, width: number): string {
  return value.toString(16).toUpperCase().padStart(width, '0');
}
