import { type Shape, shapeOf } from '../../api-model/api-model.ts';

/** What the API model lets a value be, as a sentence: its choices, its length or its bounds; empty where it sets none. */
export function limitsText(shapeName: string): string {
  const shape = shapeOf(shapeName);
  switch (shape.type) {
    case 'string':
      return shape.enum === undefined ? amount(shape, 'character') : `One of ${shape.enum.join(', ')}.`;
    case 'integer':
    case 'long':
      return bounds(shape);
    case 'list':
      return [amount(shape, 'item'), ofEach(shape.member)].filter((text) => text !== '').join(' ');
    default:
      return '';
  }
}

// Of structures each member has limits of its own.
function ofEach(shapeName: string): string {
  if (shapeOf(shapeName).type !== 'string') return '';
  const text = limitsText(shapeName);
  return text === '' ? '' : `Each: ${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

type Bounds = Pick<Extract<Shape, { type: 'string' }>, 'min' | 'max'>;

function amount({ min = 0, max }: Bounds, unit: string): string {
  // What must be there at all needs no telling.
  if (max === undefined) return '';
  if (min === max) return `${count(max)} ${unit}s.`;
  return min === 0 ? `At most ${count(max)} ${unit}s.` : `${count(min)} to ${count(max)} ${unit}s.`;
}

function bounds({ min, max }: Bounds): string {
  if (max === undefined) return min === undefined ? '' : `At least ${count(min)}.`;
  return min === undefined ? `At most ${count(max)}.` : `From ${count(min)} to ${count(max)}.`;
}

function count(number: number): string {
  return number.toLocaleString('en-US');
}
