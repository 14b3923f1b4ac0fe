import { BlockList, isIP } from 'node:net';

/**
 * What kind of place an IP address is: out in the world, inside (loopback, private networks and all that is set
 * aside), or one where nothing of Busbar's may ever go: link-local addresses and those of the metadata services of
 * clouds, which hand credentials to whoever asks.
 */
export type AddressKind = 'public' | 'inside' | 'never';

const never = blockList([
  '169.254.0.0/16', // link-local, with the metadata services of nearly all clouds
  '100.100.100.200/32', // Alibaba Cloud's
  '168.63.129.16/32', // Azure's, beside the link-local one
  '192.0.0.192/32', // Oracle Cloud's older one
  '224.0.0.0/4',
  '255.255.255.255/32',
  'fe80::/10',
  'fd00:ec2::/32', // AWS's metadata, name, time and pod identity services
  'fd20:ce::254/128', // Google Cloud's
  'ff00::/8',
]);

const inside = blockList([
  '0.0.0.0/8', // a connection to 0.0.0.0 is one to this machine
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '240.0.0.0/4',
  '::/128',
  '::1/128',
  '100::/64',
  '2001:db8::/32',
  '3fff::/20',
  '5f00::/16',
  'fc00::/7',
  'fec0::/10',
]);

// IPv6 addresses that stand for an IPv4 address, which is what counts then: by their first six groups.
const STANDS_FOR_LAST_TWO = new Set([
  '0:0:0:0:0:ffff', // mapped
  '0:0:0:0:0:0', // compatible
  '0:0:0:0:ffff:0', // translated
  '64:ff9b:0:0:0:0', // NAT64
  '64:ff9b:1:0:0:0',
]);

/** The kind of an IP address, written as node:net takes it, with a zone or without; what is none is `never`. */
export function kindOfAddress(address: string): AddressKind {
  const [bare = ''] = address.split('%');
  const version = isIP(bare);
  if (version === 0) return 'never';
  if (version === 4) return listed(bare, 'ipv4');
  const groups = groupsOf(bare);
  const own = listed(bare, 'ipv6');
  const ipv4 = own === 'public' ? ipv4Of(groups) : undefined;
  return ipv4 === undefined ? own : listed(ipv4, 'ipv4');
}

/** Ranges such as `10.0.0.0/8`, or single addresses, to look addresses up in. Throws for what is neither. */
export function blockList(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', prefix] = range.split('/');
    const type = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    list.addSubnet(address, prefix === undefined ? (type === 'ipv6' ? 128 : 32) : Number(prefix), type);
  }
  return list;
}

function listed(address: string, type: 'ipv4' | 'ipv6'): AddressKind {
  if (never.check(address, type)) return 'never';
  return inside.check(address, type) ? 'inside' : 'public';
}

/** The eight groups of an IPv6 address, as numbers. */
function groupsOf(address: string): readonly number[] {
  // A URL writes it in one way: in hexadecimal throughout, with the longest run of zeros left out.
  const [head = '', tail] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split('::');
  const numbers = (text = '') =>
    text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
  const [before, after] = [numbers(head), numbers(tail)];
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}

function ipv4Of(groups: readonly number[]): string | undefined {
  const [first, second = 0, third = 0] = groups;
  const [high = 0, low = 0] = groups.slice(6);
  if (first === 0x2002) return dotted(second, third); // 6to4
  if (first === 0x2001 && second === 0) return dotted(high ^ 0xffff, low ^ 0xffff); // Teredo
  const start = groups
    .slice(0, 6)
    .map((group) => group.toString(16))
    .join(':');
  return STANDS_FOR_LAST_TWO.has(start) ? dotted(high, low) : undefined;
}

function dotted(high: number, low: number): string {
  return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
}
