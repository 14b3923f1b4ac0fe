import { shapeOf, structureOf } from '../../api-model/api-model.ts';
import type { InputMember } from '../operations/operation-options.ts';
import { indented } from '../terminal/indented.ts';
import { limitsText } from './limits-text.ts';
import { type MemberTexts, structureTexts } from './operation-texts/index.ts';

const STEP = 4;
const FLAG = 2;

/** What help says of an option: its type, what it means, its limits, and the members of what it takes. */
export function optionHelp({ name, shape, option }: InputMember, texts: MemberTexts, width: number): string {
  const negative = option.takes === 'none' ? ` | ${option.flag.replace('--', '--no-')}` : '';
  const head = `${option.flag}${negative} (${kindOf(shape, option.required === true)})`;
  const shorthand = shorthandOf(shape);
  return [
    memberHelp(head, shape, { text: texts[name], indent: FLAG, width }),
    ...(shorthand === undefined ? [] : [wrappedShorthand(shorthand, FLAG + STEP, width)]),
  ].join('\n\n');
}

interface Place {
  readonly text: string | undefined;
  readonly indent: number;
  readonly width: number;
}

function memberHelp(head: string, shapeName: string, { text = '', indent, width }: Place): string {
  const prose = `${text} ${limitsText(shapeName)}`.trim();
  const lines = [indented(head, indent, width)];
  if (prose !== '') lines.push(indented(prose, indent + STEP, width));
  return [lines.join('\n'), ...membersHelp(shapeName, indent + STEP, width)].join('\n\n');
}

function membersHelp(shapeName: string, indent: number, width: number): readonly string[] {
  const shape = shapeOf(shapeName);
  if (shape.type === 'list') return membersHelp(shape.member, indent, width);
  if (shape.type !== 'structure') return [];
  const texts = structureTexts[shapeName] ?? {};
  return Object.entries(shape.members).map(([name, member]) => {
    const head = `${name} (${kindOf(member, shape.required?.includes(name) === true)})`;
    return memberHelp(head, member, { text: texts[name], indent, width });
  });
}

function kindOf(shapeName: string, required: boolean): string {
  return `${typeOf(shapeName)}${required ? ', required' : ''}`;
}

function typeOf(shapeName: string): string {
  const shape = shapeOf(shapeName);
  if (shape.type === 'list') return `list of ${typeOf(shape.member)}s`;
  if (shape.type === 'map') return `map of ${typeOf(shape.value)}s`;
  return shape.type;
}

/** The members of an answer with their types, one below the other; none where an operation answers nothing. */
export function outputHelp(shapeName: string | undefined): string {
  const members = shapeName === undefined ? [] : membersOf(shapeName, '  ');
  return members.length === 0 ? '  none' : members.join('\n');
}

function membersOf(shapeName: string, margin: string): readonly string[] {
  const shape = shapeOf(shapeName);
  if (shape.type === 'list') return membersOf(shape.member, margin);
  if (shape.type !== 'structure') return [];
  return Object.entries(structureOf(shapeName).members).flatMap(([name, member]) => [
    `${margin}${name} (${typeOf(member)})`,
    ...membersOf(member, `${margin}  `),
  ]);
}

// What is typed plainly needs no telling how.
function shorthandOf(shapeName: string): string | undefined {
  const shape = shapeOf(shapeName);
  if (shape.type === 'list') {
    const item = shorthandOf(shape.member);
    return item === undefined ? undefined : `${item} ...`;
  }
  if (shape.type === 'map') return `KeyName=${shapeOf(shape.value).type}`;
  return shape.type === 'structure' ? assignments(shape.members) : undefined;
}

function assignments(members: Readonly<Record<string, string>>): string {
  return Object.entries(members)
    .map(([name, member]) => `${name}=${shorthandType(member)}`)
    .join(',');
}

function shorthandType(shapeName: string): string {
  const shape = shapeOf(shapeName);
  if (shape.type === 'list') return `[${shorthandType(shape.member)},...]`;
  if (shape.type === 'map') return `{KeyName=${shorthandType(shape.value)}}`;
  return shape.type === 'structure' ? `{${assignments(shape.members)}}` : shape.type;
}

// Shorthand has no spaces: its lines end behind commas and braces.
function wrappedShorthand(shorthand: string, indent: number, width: number): string {
  const lines: string[] = [];
  let line = 'Shorthand: ';
  for (const piece of shorthand.split(/(?<=[,{])/)) {
    if (indent + line.length + piece.length > width) {
      lines.push(line);
      line = ' '.repeat(STEP);
    }
    line += piece;
  }
  return [...lines, line].map((text) => `${' '.repeat(indent)}${text}`).join('\n');
}
