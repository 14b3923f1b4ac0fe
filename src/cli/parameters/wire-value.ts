import { type Shape, shapeOf } from '../../api-model/api-model.ts';
import { isList, type ParameterValue } from './parameter-value.ts';
import { epochSeconds, localTimestamp } from './timestamp.ts';

/** Valid parameters as they go over the wire: times become integers of epoch seconds, the rest stays. */
export function toWire(value: ParameterValue, shapeName: string, now: Date): ParameterValue {
  return mapped(value, shapeOf(shapeName), (time) => epochSeconds(time, now) ?? null);
}

/**
 * An answer as it is printed: the members that the model knows, in its order, nulls left out; times in the
 * machine's zone, or as they came with `keepTimes`.
 */
export function fromWire(value: ParameterValue, shapeName: string, keepTimes: boolean): ParameterValue {
  return mapped(modelled(value, shapeOf(shapeName)), shapeOf(shapeName), (time) =>
    keepTimes || (typeof time !== 'bigint' && typeof time !== 'number') ? time : localTimestamp(Number(time)),
  );
}

type Change = (time: ParameterValue) => ParameterValue;

function mapped(value: ParameterValue, shape: Shape, change: Change): ParameterValue {
  if (shape.type === 'timestamp') return change(value);
  if (shape.type === 'list' && value !== null && isList(value)) {
    return value.map((item) => mapped(item, shapeOf(shape.member), change));
  }
  if (!(value instanceof Map) || (shape.type !== 'structure' && shape.type !== 'map')) return value;
  return new Map<string, ParameterValue>(
    [...value].map(([name, item]) => {
      const inner = shape.type === 'map' ? shape.value : shape.members[name];
      return [name, inner === undefined ? item : mapped(item, shapeOf(inner), change)];
    }),
  );
}

function modelled(value: ParameterValue, shape: Shape): ParameterValue {
  if (shape.type === 'list' && value !== null && isList(value)) {
    return value.map((item) => modelled(item, shapeOf(shape.member)));
  }
  if (shape.type !== 'structure' || !(value instanceof Map)) return value;
  const members = new Map<string, ParameterValue>();
  for (const [name, inner] of Object.entries(shape.members)) {
    const item = value.get(name);
    if (item !== undefined && item !== null) members.set(name, modelled(item, shapeOf(inner)));
  }
  return members;
}
