/**
 * A parameter's value before it is sent, in kinds that the AWS CLI tells apart in its messages: a `bigint` is
 * an integer, a `number` a decimal fraction (1.0 is none of the integers).
 */
export type ParameterValue =
  | null
  | boolean
  | bigint
  | number
  | string
  | readonly ParameterValue[]
  | ReadonlyMap<string, ParameterValue>;

/** An object that came as JSON in an option: the AWS CLI shows these in another way than other objects. */
export class JsonObject extends Map<string, ParameterValue> {}

/** Whether a value is a list. A function of its own because Array.isArray does not narrow readonly lists. */
export function isList(value: ParameterValue): value is readonly ParameterValue[] {
  return Array.isArray(value);
}

/** A value with its `JsonObject`s as plain ones: messages show these as other objects. */
export function plainObjects(value: ParameterValue): ParameterValue {
  if (value instanceof JsonObject) return new Map([...value].map(([key, item]) => [key, plainObjects(item)]));
  return value !== null && isList(value) ? value.map(plainObjects) : value;
}
