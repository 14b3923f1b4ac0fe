import { type Shape, shapeOf } from '../../api-model/api-model.ts';
import { generalError } from '../errors.ts';
import { pythonInt, pythonType } from '../python-text.ts';
import { isList, type ParameterValue } from './parameter-value.ts';

/**
 * Gives the texts of shorthand the kinds that the API's model asks for: a single value where a list is due
 * becomes a list of one, digits become integers, true and false become booleans. What does not fit stays as it
 * is, for validation to name. Throws (exit 255) for an integer that is none.
 */
export function shorthandByModel(value: ParameterValue, shapeName: string): ParameterValue {
  return byShape(value, shapeOf(shapeName));
}

function byShape(value: ParameterValue, shape: Shape): ParameterValue {
  switch (shape.type) {
    case 'structure':
      return inMap(value, (name) => shape.members[name]);
    case 'map':
      return inMap(value, () => shape.value);
    case 'list':
      // The one item of a list that was not written as a list keeps its texts, as with the AWS CLI.
      return isList(value) ? value.map((item) => shorthandByModel(item, shape.member)) : [value];
    case 'integer':
    case 'long':
      return pythonInt(value);
    case 'boolean':
      return asBoolean(value);
    default:
      return value;
  }
}

function inMap(value: ParameterValue, shapeOfMember: (name: string) => string | undefined): ParameterValue {
  if (!(value instanceof Map)) return value;
  return new Map<string, ParameterValue>(
    [...value].map(([name, item]) => {
      const shape = shapeOfMember(name);
      return [name, shape === undefined ? item : shorthandByModel(item, shape)];
    }),
  );
}

function asBoolean(value: ParameterValue): ParameterValue {
  if (typeof value !== 'string') {
    const type = pythonType(value).slice("<class '".length, -"'>".length);
    throw generalError(`'${type}' object has no attribute 'lower'`);
  }
  const word = value.toLowerCase();
  return word === 'true' || word === 'false' ? word === 'true' : value;
}

/** Whether shorthand may be written for a shape: structures, maps, and lists of these. */
export function takesShorthand(shape: Shape): boolean {
  if (shape.type === 'list') return ['structure', 'map', 'list'].includes(shapeOf(shape.member).type);
  return shape.type === 'structure' || shape.type === 'map';
}
