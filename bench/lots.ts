import { Random } from './random.ts';

/** A parcel of land as a city publishes them: some short strings, and an outline of many long numbers. */
export interface Lot {
  readonly block: string;
  readonly lot: string;
  readonly blockLot: string;
  readonly mapBlockLot: string;
  readonly from: string;
  readonly street: string;
  readonly streetType: string | null;
  readonly parity: string;
  /** The lot as a line of JSON, 870 bytes on average. */
  readonly line: string;
}

const STREETS =
  `MISSION MARKET FOLSOM HARRISON BRYANT BRANNAN TOWNSEND HOWARD NATOMA MINNA FULTON MASON JEFFERSON BEACH
HYDE CHESTNUT LOMBARD GREENWICH FILBERT UNION GREEN VALLEJO BROADWAY PACIFIC JACKSON WASHINGTON CLAY
SACRAMENTO CALIFORNIA PINE BUSH SUTTER POST GEARY ELLIS EDDY TURK GOLDEN_GATE GROVE HAYES FELL OAK PAGE
HAIGHT WALLER HERMANN DUBOCE CESAR_CHAVEZ VALENCIA GUERRERO DOLORES CHURCH SANCHEZ NOE CASTRO DIAMOND
EUREKA DOUGLASS CLIPPER JERSEY ALVARADO LIBERTY CORTLAND ANDOVER ELLSWORTH BANKS NEVADA CRESCENT OGDEN
ALABAMA FLORIDA YORK POTRERO UTAH SAN_BRUNO VERMONT KANSAS RHODE_ISLAND CAROLINA WISCONSIN TEXAS INDIANA
QUINT PHELPS LANE KEITH HAWES REVERE PALOU OAKDALE JERROLD HUDSON EVANS THOMAS WALLACE CARROLL GILMAN
IRVING JUDAH KIRKHAM LAWTON MORAGA NORIEGA ORTEGA PACHECO RIVERA TARAVAL ULLOA VICENTE SLOAT LINCOLN BALBOA
CABRILLO ANZA CLEMENT LAKE BLAKE BLANKEN ACADIA ACEVEDO DRAKE DRUMM RHINE RHODES STOCKTON POWELL GRANT
KEARNY SANSOME BATTERY FRONT DAVIS TAYLOR LARKIN POLK VAN_NESS FRANKLIN GOUGH OCTAVIA LAGUNA WEBSTER`
    .split(/\s+/)
    .map((name) => name.replace('_', ' '));
const NUMBERED_STREETS = Array.from({ length: 34 }, (_, index) => `${index + 14}TH`);
const ALL_STREETS = [...STREETS, ...NUMBERED_STREETS];
const STREET_TYPES = [
  ...Array<string>(57).fill('ST'),
  ...Array<string>(30).fill('AVE'),
  ...['DR', 'DR', 'DR', 'DR', 'BLVD', 'BLVD', 'WAY', 'WAY', 'WAY', 'CT', 'TER', 'PL', 'RD', 'LN'],
];

/** The values that a few rules look for, and how many lots of a hundred thousand have them. */
const PLANTED: readonly (readonly [string, number])[] = [
  ['1430022', 1],
  ['2607117', 47],
  ['2607218', 16],
  ['3745012', 307],
  ['VACSTWIL', 1],
];
/** A longitude that a rule looks for. */
export const PLANTED_X = -122.42916360922355;

/** Makes lots, the same ones every time. */
export function makeLots(count: number): Lot[] {
  const random = new Random(20_261_123);
  const planted = PLANTED.flatMap(([value, per100k]) =>
    Array<string>(Math.ceil((per100k * count) / 100_000)).fill(value),
  );
  let block = 1;
  let number = 1;
  let street = random.pick(ALL_STREETS);
  let corner: readonly [number, number] = [-122.42, 37.808];
  return Array.from({ length: count }, (_, index) => {
    if (++number > random.integer(12, 70)) {
      block = (block % 8900) + 1;
      number = 1;
      street = random.pick(ALL_STREETS);
      corner = [random.between(-122.512, -122.37), random.between(37.708, 37.811)];
    }
    if (random.fraction() < 0.2) street = random.pick(ALL_STREETS);
    const every = Math.max(1, Math.floor(count / planted.length));
    const mapBlockLot = index % every === every - 1 ? planted[Math.floor(index / every)] : undefined;
    return makeLot(random, { block, number, street, corner, mapBlockLot });
  });
}

interface LotPlan {
  readonly block: number;
  readonly number: number;
  readonly street: string;
  readonly corner: readonly [number, number];
  readonly mapBlockLot: string | undefined;
}

function makeLot(random: Random, plan: LotPlan): Lot {
  const isUnknown = random.fraction() < 0.012;
  const street = isUnknown ? 'UNKNOWN' : plan.street;
  const streetType = isUnknown ? null : random.pick(STREET_TYPES);
  const block = `${String(plan.block).padStart(4, '0')}${plan.block % 97 === 0 ? 'A' : ''}`;
  const lot = String(plan.number).padStart(3, '0');
  const blockLot = block + lot;
  const neighbour = String(Math.max(1, plan.number - random.integer(1, 9))).padStart(3, '0');
  const mapBlockLot = plan.mapBlockLot ?? (random.fraction() < 0.78 ? blockLot : block + neighbour);
  const from = isUnknown ? 0 : random.integer(1, 2900);
  const to = random.fraction() < 0.8 ? from : from + 2 * random.integer(1, 9);
  const parity = from % 2 === 0 ? 'E' : 'O';
  const isMulti = random.fraction() < 0.0006;
  const polygons = Array.from({ length: isMulti ? 2 : 1 }, () => [outline(random, plan.corner)]);
  const geometry = {
    type: isMulti ? 'MultiPolygon' : 'Polygon',
    firstCoordinates: polygons[0]?.[0]?.[0],
    coordinates: isMulti ? polygons : polygons[0],
  };
  const properties = {
    MAPBLKLOT: mapBlockLot,
    BLKLOT: blockLot,
    BLOCK_NUM: block,
    LOT_NUM: lot,
    FROM_ST: String(from),
    TO_ST: String(to),
    STREET: street,
    ST_TYPE: streetType,
    ODD_EVEN: parity,
  };
  // The source writes the height as 0.0, which JavaScript wouldn't.
  const line = JSON.stringify({ type: 'Feature', properties, geometry }).replaceAll('"z":0}', '"z":0.0}');
  return { block, lot, blockLot, mapBlockLot, from: String(from), street, streetType, parity, line };
}

interface Point {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

function outline(random: Random, [cornerX, cornerY]: readonly [number, number]): Point[] {
  const x = cornerX + random.between(-1.4e-3, 1.4e-3);
  const y = cornerY + random.between(-1.1e-3, 1.1e-3);
  const points = Array.from({ length: pointCount(random) - 1 }, () => ({
    x: x + random.between(-4e-4, 4e-4),
    y: y + random.between(-4e-4, 4e-4),
    z: 0,
  }));
  const first = points[0];
  if (first !== undefined && random.fraction() < 0.001) points[0] = { ...first, x: PLANTED_X };
  return [...points, ...points.slice(0, 1)];
}

// Most lots have four corners; a few follow a curve.
function pointCount(random: Random): number {
  const share = random.fraction();
  if (share < 0.48) return 5;
  if (share < 0.74) return random.integer(6, 9);
  if (share < 0.95) return random.integer(10, 24);
  return Math.min(300, 10 + Math.floor(10 * (1 - random.fraction()) ** (-1 / 1.25)));
}
