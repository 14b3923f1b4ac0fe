import { memberName, shapeOf } from '../api-model/api-model.ts';

// Members that AWS's own class has beyond the model, and prints.
const UNDOCUMENTED_MEMBERS: Readonly<Record<string, readonly string[]>> = {
  PutEventsRequestEntry: ['kmsKeyIdentifier', 'internalMetadata'],
};

const REDACTED = '***Sensitive Data Redacted***';

/**
 * A value as Java's toString prints it, which is how AWS's validation messages show what they refuse: lists
 * as `[a, b]`, maps as `{k=v}`, structures as `Name(member=value, …)` with `null` for what is absent. What is sensitive
 * is not shown.
 */
export function javaText(shapeName: string, value: unknown): string {
  if (value === undefined) return 'null';
  const shape = shapeOf(shapeName);
  if (shape.sensitive === true) return REDACTED;
  switch (shape.type) {
    case 'structure': {
      const members = value as Readonly<Record<string, unknown>>;
      const shown = Object.entries(shape.members).map(([wireName, memberShape]) => {
        const name = memberName(wireName);
        return `${name}=${javaText(memberShape, members[name])}`;
      });
      for (const name of UNDOCUMENTED_MEMBERS[shapeName] ?? []) shown.push(`${name}=null`);
      return `${shapeName}(${shown.join(', ')})`;
    }
    case 'list':
      return `[${(value as readonly unknown[]).map((item) => javaText(shape.member, item)).join(', ')}]`;
    case 'map': {
      const entries = Object.entries(value as Readonly<Record<string, unknown>>);
      return `{${entries.map(([key, item]) => `${key}=${javaText(shape.value, item)}`).join(', ')}}`;
    }
    case 'timestamp':
      return javaDate(value as number);
    default:
      return String(value);
  }
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Thu Jan 02 03:04:05 UTC 2025` */
function javaDate(epochMilliseconds: number): string {
  const date = new Date(epochMilliseconds);
  const day = String(date.getUTCDate()).padStart(2, '0');
  const time = date.toISOString().slice(11, 19);
  return `${WEEKDAYS[date.getUTCDay()]} ${MONTHS[date.getUTCMonth()]} ${day} ${time} UTC ${date.getUTCFullYear()}`;
}
