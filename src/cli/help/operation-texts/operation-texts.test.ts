import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Operation, shapeOf, structureOf } from '../../../api-model/api-model.ts';
import { operationsByCommand } from '../../operations/operations-by-command.ts';
import { chapters, operationTexts, structureTexts } from './index.ts';

test('every operation has a text, and no text is about another', () => {
  assert.deepEqual(Object.keys(operationTexts).sort(), [...operationsByCommand.keys()].sort());
});

test('every option of every operation has a text, and no text is about another', () => {
  for (const [name, operation] of operationsByCommand) {
    const { options } = operationTexts[name] ?? { options: {} };
    assert.deepEqual(Object.keys(options).sort(), Object.keys(structureOf(operation.input).members).sort());
  }
});

test('every member of the structures that operations take has a text, and no text is about another', () => {
  const taken = new Set([...operationsByCommand.values()].flatMap(structuresOf));
  assert.deepEqual(Object.keys(structureTexts).sort(), [...taken].sort());
  for (const [name, members] of Object.entries(structureTexts)) {
    assert.deepEqual(Object.keys(members).sort(), Object.keys(structureOf(name).members).sort(), name);
  }
});

test('chapters share no operation and no structure', () => {
  const names = chapters.flatMap(({ operations, structures = {} }) => [
    ...Object.keys(operations),
    ...Object.keys(structures),
  ]);
  assert.equal(new Set(names).size, names.length);
});

test('texts are whole sentences of plain characters, and not too many', () => {
  const options = Object.values(operationTexts).flatMap((text) => Object.values(text.options));
  const members = Object.values(structureTexts).flatMap((texts) => Object.values(texts));
  const abouts = Object.values(operationTexts).map(({ about }) => about);
  for (const text of [...options, ...members, ...abouts]) {
    // Others than ASCII would make the whole bundle take twice the memory.
    assert.match(text, /^[\x20-\x7e]+\.$/);
    assert.doesNotMatch(text, / {2}|\.\.$/);
  }
  for (const text of [...options, ...members]) {
    assert.ok(text.split(/(?<=\.|\?) (?=[A-Z0])/).length <= 4, text);
    assert.ok(text.length <= 330, text);
  }
});

test('every operation has two examples, one of them its own', () => {
  for (const [name, { examples }] of Object.entries(operationTexts)) {
    assert.ok(examples.length >= 2, name);
    assert.ok(
      examples.some(([, line]) => line.split(' ')[0] === name),
      name,
    );
  }
});

function structuresOf({ input }: Operation): readonly string[] {
  return Object.values(structureOf(input).members).flatMap((member) => structuresIn(member));
}

function structuresIn(shapeName: string): readonly string[] {
  const shape = shapeOf(shapeName);
  if (shape.type === 'list') return structuresIn(shape.member);
  if (shape.type !== 'structure') return [];
  return [shapeName, ...Object.values(shape.members).flatMap((member) => structuresIn(member))];
}
