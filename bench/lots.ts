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
}

/** The lots of a city, and some of them as lines of JSON, 870 bytes on average. */
export interface City {
  readonly lots: readonly Lot[];
  readonly lines: readonly string[];
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

/** The values that a few rules look for, and how many lots have them. */
const PLANTED: readonly (readonly [string, number])[] = [
  ['1430022', 1],
  ['2607117', 101],
  ['2607218', 35],
  ['3745012', 655],
  ['VACSTWIL', 1],
];
/** A longitude that a rule looks for. */
export const PLANTED_X = -122.42916360922355;

const LOT_COUNT = 213_068;

/** Makes a city of 213,068 lots, the same every time, and the lines of `lineCount` of them, evenly spread. */
export function makeCity(lineCount: number): City {
  const random = new Random(20_261_123);
  const lots = makeLots(random);
  const lines = Array.from({ length: lineCount }, (_, index) => {
    const lot = lots[Math.floor((index * LOT_COUNT) / lineCount)];
    if (lot === undefined) throw new RangeError('there is no such lot');
    return lineOf(lot, random);
  });
  return { lots, lines };
}

function makeLots(random: Random): Lot[] {
  const planted = PLANTED.flatMap(([value, count]) => Array<string>(count).fill(value));
  const every = Math.floor(LOT_COUNT / planted.length);
  let block = 1;
  let number = 1;
  let street = random.pick(ALL_STREETS);
  return Array.from({ length: LOT_COUNT }, (_, index) => {
    if (++number > random.integer(12, 70)) {
      block = (block % 8900) + 1;
      number = 1;
      street = random.pick(ALL_STREETS);
    }
    if (random.fraction() < 0.2) street = random.pick(ALL_STREETS);
    const mapBlockLot = index % every === 0 ? planted[index / every] : undefined;
    return makeLot(random, block, number, { street, mapBlockLot });
  });
}

function makeLot(
  random: Random,
  blockNumber: number,
  number: number,
  given: { readonly street: string; readonly mapBlockLot: string | undefined },
): Lot {
  const isUnknown = random.fraction() < 0.012;
  const block = `${String(blockNumber).padStart(4, '0')}${blockNumber % 97 === 0 ? 'A' : ''}`;
  const lot = String(number).padStart(3, '0');
  const blockLot = block + lot;
  const neighbour = String(Math.max(1, number - random.integer(1, 9))).padStart(3, '0');
  const from = isUnknown ? 0 : random.integer(1, 2900);
  return {
    block,
    lot,
    blockLot,
    mapBlockLot: given.mapBlockLot ?? (random.fraction() < 0.78 ? blockLot : block + neighbour),
    from: String(from),
    street: isUnknown ? 'UNKNOWN' : given.street,
    streetType: isUnknown ? null : random.pick(STREET_TYPES),
    parity: from % 2 === 0 ? 'E' : 'O',
  };
}

function lineOf(lot: Lot, random: Random): string {
  const to = Number(lot.from) + (random.fraction() < 0.8 ? 0 : 2 * random.integer(1, 9));
  const corner = [random.between(-122.512, -122.37), random.between(37.708, 37.811)] as const;
  const isMulti = random.fraction() < 0.0006;
  const polygons = Array.from({ length: isMulti ? 2 : 1 }, () => [outline(random, corner)]);
  const properties = {
    MAPBLKLOT: lot.mapBlockLot,
    BLKLOT: lot.blockLot,
    BLOCK_NUM: lot.block,
    LOT_NUM: lot.lot,
    FROM_ST: lot.from,
    TO_ST: String(to),
    STREET: lot.street,
    ST_TYPE: lot.streetType,
    ODD_EVEN: lot.parity,
  };
  const geometry = {
    type: isMulti ? 'MultiPolygon' : 'Polygon',
    firstCoordinates: polygons[0]?.[0]?.[0],
    coordinates: isMulti ? polygons : polygons[0],
  };
  // The source writes the height as 0.0, which JavaScript wouldn't.
  return JSON.stringify({ type: 'Feature', properties, geometry }).replaceAll('"z":0}', '"z":0.0}');
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
