import { type LookupAddress, lookup as lookUp } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { blockList, kindOfAddress } from './address-kind.ts';

/** What of loopback and the private networks may be reached: all of it, or the ranges named. */
export type ReachableInside = 'all' | readonly string[];

/** Finds all addresses of a name, as `dns.lookup` does with `all`. */
export type LookUpAll = (
  hostname: string,
  options: { readonly all: true },
  callback: (error: Error | null, addresses: readonly LookupAddress[]) => void,
) => void;

/** Busbar does not connect to where it was told to; the message says to which address, and why. */
export class EgressRefusal extends Error {
  override readonly name = 'EgressRefusal';
}

/** Where requests that users ask for may go. */
export interface Egress {
  /** Why nothing is sent to this IP address, in a sentence; undefined when it may be reached. */
  refusalOfAddress(address: string): string | undefined;
  /** The same for a URL whose host is an address. A name is undefined here: its addresses are seen when it is used. */
  refusalOfUrl(url: URL): string | undefined;
  /**
   * For node:net: answers those addresses of a name that may be reached, so that what was looked at is what is
   * connected to; fails with an EgressRefusal when there are none.
   */
  readonly lookup: LookupFunction;
}

/**
 * Guards what leaves: link-local addresses and metadata services are never reached, what is inside only where
 * configured. `lookUpAll` is the machine's own unless a test hands in another.
 */
export function createEgress(reachable: ReachableInside, lookUpAll: LookUpAll = lookUp): Egress {
  const ranges = blockList(reachable === 'all' ? [] : reachable);

  function refusalOfAddress(address: string): string | undefined {
    const kind = kindOfAddress(address);
    if (kind === 'public') return undefined;
    if (kind === 'never')
      return `${address} is a link-local, metadata or multicast address, which is never reached.`;
    if (reachable === 'all' || ranges.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')) return undefined;
    return `${address} is a loopback or private address, which --private-targets (BUSBAR_PRIVATE_TARGETS) does not allow.`;
  }

  return {
    refusalOfAddress,
    refusalOfUrl({ hostname }) {
      const host = hostname.replace(/^\[(.*)\]$/, '$1');
      return isIP(host) === 0 ? undefined : refusalOfAddress(host);
    },
    lookup(hostname, options, callback) {
      lookUpAll(hostname, { ...options, all: true }, (error, addresses) => {
        if (error !== null) return callback(error, []);
        const open = addresses.filter(({ address }) => refusalOfAddress(address) === undefined);
        const [first] = open;
        if (first === undefined) {
          const reasons = addresses.map(({ address }) => refusalOfAddress(address));
          return callback(new EgressRefusal(`${hostname}: ${reasons.join(' ') || 'it has no address.'}`), []);
        }
        if (options.all === true) callback(null, open);
        else callback(null, first.address, first.family);
      });
    },
  };
}
