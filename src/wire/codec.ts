import { memberName, type Shape, shapeOf } from '../api-model/api-model.ts';
import { ServiceError } from '../domain/errors.ts';

type Members = Record<string, unknown>;

interface Codec {
  /** From the wire: PascalCase members, timestamps in epoch seconds. Throws SerializationException. */
  readonly decode: (value: unknown) => unknown;
  /** To the wire. Members that are undefined are left out, and so are those that the model doesn't know. */
  readonly encode: (value: unknown) => unknown;
}

const codecs = new Map<string, Codec>();

/**
 * The codec of a shape: turns wire JSON into Busbar's own spelling and back, and refuses what has the wrong
 * JSON type. `null` counts as absent, and unknown members are ignored, as AWS does.
 */
export function codecOf(shapeName: string): Codec {
  let codec = codecs.get(shapeName);
  if (codec === undefined) {
    codec = makeCodec(shapeOf(shapeName));
    codecs.set(shapeName, codec);
  }
  return codec;
}

function makeCodec(shape: Shape): Codec {
  switch (shape.type) {
    case 'structure':
      return structureCodec(Object.entries(shape.members));
    case 'list':
      return listCodec(shape.member);
    case 'map':
      return mapCodec(shape.value);
    case 'string':
      return scalarCodec('string', 'String');
    case 'boolean':
      return scalarCodec('boolean', 'Boolean');
    case 'integer':
      return wholeNumberCodec('Integer', -(2 ** 31), 2 ** 31 - 1);
    case 'long':
      return wholeNumberCodec('Long', Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
    case 'timestamp':
      return timestampCodec;
  }
}

function structureCodec(members: readonly (readonly [string, string])[]): Codec {
  // Codecs of members are looked up on first use: shapes may refer to each other.
  const fields = members.map(([wireName, shapeName]) => ({
    wireName,
    name: memberName(wireName),
    shapeName,
  }));
  return {
    decode(value) {
      const from = objectFrom(value);
      const to: Members = {};
      for (const { wireName, name, shapeName } of fields) {
        const member = from[wireName];
        if (member !== undefined && member !== null) to[name] = codecOf(shapeName).decode(member);
      }
      return to;
    },
    encode(value) {
      const from = value as Members;
      const to: Members = {};
      for (const { wireName, name, shapeName } of fields) {
        const member = from[name];
        if (member !== undefined) to[wireName] = codecOf(shapeName).encode(member);
      }
      return to;
    },
  };
}

function listCodec(member: string): Codec {
  return {
    decode(value) {
      if (!Array.isArray(value)) {
        throw serialization(isObject(value) ? START_OF_STRUCTURE : 'Expected list or null');
      }
      const codec = codecOf(member);
      return value.filter((item) => item !== null).map((item) => codec.decode(item));
    },
    encode: (value) => (value as readonly unknown[]).map(codecOf(member).encode),
  };
}

function mapCodec(valueShape: string): Codec {
  // fromEntries defines properties rather than assigning them: `__proto__` is a key like any other.
  const convert = (value: object, convertValue: (value: unknown) => unknown) =>
    Object.fromEntries(
      Object.entries(value)
        .filter(([, item]) => item !== null && item !== undefined)
        .map(([key, item]) => [key, convertValue(item)]),
    );
  return {
    decode: (value) => convert(objectFrom(value), codecOf(valueShape).decode),
    encode: (value) => convert(value as object, codecOf(valueShape).encode),
  };
}

function scalarCodec(type: 'string' | 'boolean', javaName: string): Codec {
  return {
    decode(value) {
      if (typeof value === type) return value;
      throw notConvertible(value, javaName);
    },
    encode: (value) => value,
  };
}

function wholeNumberCodec(javaName: string, least: number, greatest: number): Codec {
  return {
    decode(value) {
      if (typeof value !== 'number') throw notConvertible(value, javaName);
      if (value < least || value > greatest) throw notConvertible(value, javaName);
      return Math.trunc(value);
    },
    encode: (value) => value,
  };
}

// The last millisecond of the year 9999: beyond it there is no four-digit year to write.
const LATEST_TIME_MS = 253_402_300_799_999;

const timestampCodec: Codec = {
  decode(value) {
    if (typeof value !== 'number') throw notConvertible(value, 'Date');
    const milliseconds = Math.round(value * 1000);
    if (Math.abs(milliseconds) > LATEST_TIME_MS) throw notConvertible(value, 'Date');
    return milliseconds;
  },
  encode: (value) => (value as number) / 1000,
};

const START_OF_STRUCTURE = 'Start of structure or map found where not expected.';

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function objectFrom(value: unknown): Members {
  if (isObject(value)) return value;
  throw serialization(
    Array.isArray(value) ? 'Start of list found where not expected' : 'Unexpected value type in payload',
  );
}

function notConvertible(value: unknown, javaName: string): ServiceError {
  if (Array.isArray(value)) return serialization('Start of list found where not expected');
  if (isObject(value)) return serialization(START_OF_STRUCTURE);
  const token = typeof value === 'boolean' ? String(value).toUpperCase() : (typeof value).toUpperCase();
  return serialization(`${token}_VALUE can not be converted to ${javaName}`);
}

function serialization(message: string): ServiceError {
  return new ServiceError('SerializationException', message);
}
