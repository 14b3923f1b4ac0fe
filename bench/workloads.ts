import { makeBusEvents, makeBusRules } from './bus-events.ts';
import { type Lot, makeCity, PLANTED_X } from './lots.ts';
import { Random } from './random.ts';

/** Events and the rules to match them with. */
export interface Workload {
  readonly name: string;
  /** How many times as fast as JSON.parse this should be: all of the event checked, and stopping early. */
  readonly goal: readonly [whole: number, early: number];
  /** Makes the JSON texts of `count` events, and the rules' patterns as JSON values. */
  make(count: number): Material;
}

interface Material {
  readonly events: readonly string[];
  readonly rules: readonly object[];
}

/** All workloads. */
export const WORKLOADS: readonly Workload[] = [
  onLots('exact', [10, 16], () => FEW.exact),
  onLots('prefix', [9, 13], () => FEW.prefix),
  onLots('wildcard', [9, 14], () => FEW.wildcard),
  onLots('numeric', [6, 8], () => FEW.numeric),
  onLots('anything-but', [7, 9], () => FEW.anythingBut),
  onLots('complex-arrays', [2, 2], () => FEW.complexArrays),
  onLots('exact-10', [10, 16], (lots) => exactRules(lots, 10)),
  onLots('exact-10000', [9, 13], (lots) => exactRules(lots, 10_000)),
  onLots('exact-100000', [9, 13], (lots) => exactRules(lots, 100_000)),
  onLots('fields-10000', [5.5, 7], (lots) => fieldRules(lots, 10_000)),
  onLots('lots-mixed-1000', [3, 3.5], mixedRules),
  {
    name: 'bus-mixed-1000',
    goal: [3, 3.5],
    make: (count) => ({ events: makeBusEvents(count), rules: makeBusRules() }),
  },
];

function onLots(
  name: string,
  goal: readonly [number, number],
  rules: (lots: readonly Lot[]) => readonly object[],
): Workload {
  return {
    name,
    goal,
    make(count) {
      const { lots, lines } = makeCity(count);
      return { events: lines, rules: rules(lots) };
    },
  };
}

const property = (name: string, ...conditions: unknown[]) => ({ properties: { [name]: conditions } });
const coordinate = (name: string, ...range: unknown[]) => ({ [name]: [{ numeric: range }] });

const FEW = {
  exact: ['1430022', '2607117', '2607218', '3745012', 'VACSTWIL'].map((value) =>
    property('MAPBLKLOT', value),
  ),
  prefix: ['AC', 'BL', 'DR', 'FU', 'RH'].map((prefix) => property('STREET', { prefix })),
  wildcard: ['143*', '2*0*1*7', '*218', '3*5*2', 'VA*IL'].map((wildcard) =>
    property('MAPBLKLOT', { wildcard }),
  ),
  numeric: [
    { geometry: { type: ['Polygon'], firstCoordinates: coordinate('x', '=', PLANTED_X) } },
    { geometry: { type: ['MultiPolygon'], firstCoordinates: coordinate('z', '=', 0) } },
    { geometry: { firstCoordinates: coordinate('x', '<', -122.41600944012424) } },
    { geometry: { firstCoordinates: coordinate('x', '>', -122.41600944012424) } },
    { geometry: { firstCoordinates: coordinate('x', '>', -122.46471267081272, '<', -122.4063085128395) } },
  ],
  anythingBut: [
    property('STREET', { 'anything-but': ['FULTON'] }),
    property('STREET', { 'anything-but': ['MASON'] }),
    property('ST_TYPE', { 'anything-but': ['ST'] }),
    { geometry: { type: [{ 'anything-but': ['Polygon'] }] } },
    property('FROM_ST', { 'anything-but': ['441'] }),
  ],
  complexArrays: [
    { geometry: { type: ['Polygon'], coordinates: coordinate('x', '=', PLANTED_X) } },
    { geometry: { type: ['MultiPolygon'], coordinates: coordinate('y', '=', 37.729900216217324) } },
    { geometry: { coordinates: coordinate('x', '<', -122.41600944012424) } },
    { geometry: { coordinates: coordinate('x', '>', -122.41600944012424) } },
    { geometry: { coordinates: coordinate('x', '>', -122.46471267081272, '<', -122.4063085128395) } },
  ],
} as const;

/** Rules on one field, each for a value of its own: every other one for a value that events have. */
function exactRules(lots: readonly Lot[], count: number): object[] {
  const random = new Random(20_261_124);
  const values = new Set<string>();
  for (let index = 0; values.size < count; index++) {
    values.add(
      index % 2 === 0
        ? random.pick(lots).mapBlockLot
        : `${random.integer(9000, 9999)}${random.integer(100, 999)}${random.text('ABCDEFGH', 1)}`,
    );
  }
  return [...values].map((value) => property('MAPBLKLOT', value));
}

/** Rules on three fields and the type, each different: every other one can't match. */
function fieldRules(lots: readonly Lot[], count: number): object[] {
  const random = new Random(20_261_125);
  const rules = new Map<string, object>();
  for (let index = 0; rules.size < count; index++) {
    const { block, lot, street, streetType, parity } = random.pick(lots);
    const blocks = [index % 2 === 0 ? block : String(random.integer(9000, 9999))];
    const properties = [
      { BLOCK_NUM: blocks, STREET: [street], ODD_EVEN: [parity] },
      { BLOCK_NUM: blocks, LOT_NUM: [lot], STREET: [street] },
      { STREET: [street], ST_TYPE: [streetType], BLOCK_NUM: blocks },
    ][index % 3];
    rules.set(JSON.stringify(properties), { type: ['Feature'], properties });
  }
  return [...rules.values()];
}

/** A thousand rules with every operator, on several fields each. */
function mixedRules(lots: readonly Lot[]): object[] {
  const random = new Random(20_261_126);
  return Array.from({ length: 1000 }, (_, index) => {
    const { block, lot, blockLot, mapBlockLot, from, street } = random.pick(lots);
    const low = Math.round(random.between(-122.51, -122.38) * 1e6) / 1e6;
    switch (index % 10) {
      case 0:
        return { properties: { STREET: [street], FROM_ST: [from] } };
      case 1:
        return { properties: { STREET: [{ prefix: street.slice(0, 3) }], BLOCK_NUM: [block] } };
      case 2:
        return { properties: { STREET: [{ suffix: street.slice(-3) }], LOT_NUM: [lot] } };
      case 3:
        return property('MAPBLKLOT', { prefix: mapBlockLot.slice(0, 5) });
      case 4:
        return {
          properties: {
            STREET: [{ 'equals-ignore-case': street.toLowerCase() }],
            BLOCK_NUM: [block, '0001'],
          },
        };
      case 5:
        return {
          ...property('BLOCK_NUM', block),
          geometry: { firstCoordinates: coordinate('x', '>', low, '<', low + 0.03) },
        };
      case 6:
        return { properties: { STREET: [{ 'anything-but': [street] }], BLKLOT: [blockLot] } };
      case 7:
        return { properties: { ST_TYPE: [{ exists: true }], BLKLOT: [blockLot] } };
      case 8:
        return {
          properties: { BLOCK_NUM: [block], STREET: [{ 'anything-but': { prefix: street.slice(0, 2) } }] },
          geometry: { type: ['Polygon'] },
        };
      default:
        return { properties: { BLKLOT: [blockLot], ODD_EVEN: ['E'], NOPE: [{ exists: false }] } };
    }
  });
}
