import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compactJson } from './compact-json.ts';
import { JsonSyntaxError } from './index.ts';
import { inputFault } from './input-fault.ts';
import { type InputChoice, type TargetInput, targetInput } from './target-input.ts';

const ruleArn = 'arn:aws:events:eu-central-1:111111111111:rule/shop/big-orders';
const ingestedAt = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

function eventWith(detail: string): string {
  return (
    '{"version":"0","id":"e","detail-type":"Order \\"placed\\"","source":"shop","account":"111111111111",' +
    `"time":"2026-01-02T03:04:05Z","region":"eu-central-1","resources":["r"],"detail":${detail}}`
  );
}

function inputOf(target: InputChoice, event = eventWith('{}')): TargetInput {
  return targetInput(target, { event, ruleArn, ingestedAt });
}

/** What a template makes of a detail, with a path to each of its members. */
function made(inputTemplate: string, detail: string): TargetInput {
  const names = [...inputTemplate.matchAll(/<(\w+)>/g)].map(([, name]) => name ?? '');
  const inputPathsMap = Object.fromEntries(names.map((name) => [name, `$.detail.${name}`]));
  return inputOf({ inputTransformer: { inputTemplate, inputPathsMap } }, eventWith(detail));
}

const text = (text: string): TargetInput => ({ kind: 'text', text });
const invalid = (text: string): TargetInput => ({ kind: 'invalid', text });

test('without a choice the event is delivered whole, and compact', () => {
  const event = '{ "detail": { "n": 1.0 } }';
  assert.deepEqual(inputOf({}, event), text('{"detail":{"n":1.0}}'));
});

test('a constant input is delivered byte for byte; an empty one not at all', () => {
  assert.deepEqual(inputOf({ input: '{ "fixed" : <a> }' }), text('{ "fixed" : <a> }'));
  assert.deepEqual(inputOf({ input: '' }), { kind: 'nothing' });
});

test('an input path selects a value; in place of null and of nothing comes {}', () => {
  const event = eventWith('{ "text": "a\\u0062", "n": 1.10, "nothing": null, "list": [ 1, null ] }');
  const selected = (path: string) => inputOf({ inputPath: path }, event);
  assert.deepEqual(selected('$.detail.text'), text('"a\\u0062"'));
  assert.deepEqual(selected('$.detail.n'), text('1.10'));
  assert.deepEqual(selected('$.detail.list[*]'), text('[1,null]'));
  for (const path of ['$.detail.nothing', '$.detail.missing', ''])
    assert.deepEqual(selected(path), text('{}'));
});

test('in an object template values keep their form, and strings in strings their escapes', () => {
  const detail = '{ "s": "a\\n\\"b\\"", "n": 1.0, "t": true, "z": null, "o": { "k": "v" }, "l": [ ] }';
  assert.deepEqual(
    made('{ "s": <s>, "n": <n>, "t": <t>, "z": <z>, "o": <o>, "l": <l>, "m": <m> }', detail),
    text('{ "s": "a\\n\\"b\\"", "n": 1.0, "t": true, "z": null, "o": {"k":"v"}, "l": [], "m": "" }'),
  );
  assert.deepEqual(
    made('{"s":"<s>","n":"<n>","t":"<t>","z":"<z>","m":"-<m>-"}', detail),
    text('{"s":"a\\n\\"b\\"","n":"1.0","t":"true","z":"null","m":"--"}'),
  );
  assert.deepEqual(made('{"o":"<o>"}', detail), invalid('{"o":"{"k":"v"}"}'));
  assert.deepEqual(made('{"l":"<l>"}', detail), text('{"l":"[]"}'));
});

test('in a text template strings come raw, objects and lists without quotes, and nothing is nothing', () => {
  const detail =
    '{"s":"a\\u0062","q":"say \\"hi\\"","n":1.0,"z":null,"o":{"k":"v"},"l":["x",1],"e":{"k":"a\\nb"}}';
  assert.deepEqual(made('"<s> <n> <z> <o> <l> <m>."', detail), text('"ab 1.0 null {k:v} [x,1] ."'));
  assert.deepEqual(made('"<s>"\n"<n>"', detail), text('"ab"\n"1.0"'));
  assert.deepEqual(made('"<q>"', detail), invalid('"say "hi""'));
  assert.deepEqual(made('"<e>"', detail), text('"{k:a\\nb}"'));
  assert.deepEqual(made('<s>', detail), invalid('ab'));
  assert.deepEqual(made('<o>', detail), invalid('{k:v}'));
  assert.deepEqual(made('<n> <z>', detail), text('1.0 null'));
  assert.deepEqual(made('[1,<m>]', detail), invalid('[1,]'));
});

test('where a template makes nothing, there is nothing to deliver', () => {
  for (const template of ['<m>', '<m>\n<m> ']) assert.deepEqual(made(template, '{}'), { kind: 'nothing' });
});

test('the predefined variables', () => {
  const event = eventWith('{ "n": 1.0 }');
  const rendered = (inputTemplate: string, at = event) =>
    inputOf({ inputTransformer: { inputTemplate } }, at);
  assert.deepEqual(
    rendered('"<aws.events.rule-name> <aws.events.rule-arn> <aws.events.event.ingestion-time>"'),
    text(`"big-orders ${ruleArn} 2026-01-02T03:04:05.678Z"`),
  );
  assert.deepEqual(
    rendered('{"at": <aws.events.event.ingestion-time>}'),
    text('{"at": "2026-01-02T03:04:05.678Z"}'),
  );
  assert.deepEqual(rendered('{"e":<aws.events.event.json>}'), text(`{"e":${eventWith('{"n":1.0}')}}`));
  assert.deepEqual(
    rendered('{"e":<aws.events.event>}'),
    text(
      '{"e":{"id":"e","account":"111111111111","detailType":"Order \\"placed\\"","time":1767323045000,' +
        '"source":"shop","region":"eu-central-1","resources":["r"],"version":"0"}}',
    ),
  );
  // A page that previews templates may have half an event only.
  assert.deepEqual(rendered('{"e":<aws.events.event>}', '{"time":"noon"}'), text('{"e":{"time":null}}'));
  assert.deepEqual(rendered('{"e":<aws.events.event>}', '[]'), text('{"e":{}}'));
});

test('names that mean nothing stay as they are', () => {
  const rendered = (inputTemplate: string) => inputOf({ inputTransformer: { inputTemplate } });
  assert.deepEqual(rendered('"a <b> <aws.events.x> c"'), text('"a <b> <aws.events.x> c"'));
  assert.deepEqual(rendered('{"a":<b>}'), invalid('{"a":<b>}'));
  assert.deepEqual(rendered('"<toString> <__proto__>"'), text('"<toString> <__proto__>"'));
});

test('a template that makes more than any target takes is given up early', () => {
  const detail = `{"s":"${'x'.repeat(1_000_000)}"}`;
  assert.equal(made(`"${'<s>'.repeat(4)}"`, detail).kind, 'text');
  assert.deepEqual(made(`"${'<s>'.repeat(2500)}"`, detail), { kind: 'too-long' });
});

test('an event that is not JSON is refused where it is looked into', () => {
  assert.throws(() => inputOf({ inputPath: '$.a' }, '{"a":1'), JsonSyntaxError);
});

// Templates from a grammar: JSON with placeholders for values and inside strings, several lines of it, and noise.
const placeholder = fc.constantFrom(
  '<a>',
  '<b>',
  '<list>',
  '<object>',
  '<missing>',
  '<unknown>',
  '<aws.events.event>',
  '<aws.events.event.json>',
  '<aws.events.rule-name>',
);
const string = fc
  .array(fc.oneof(placeholder, fc.constantFrom('x', ' ', '<', '>', '\\"', '\\\\', ': ')), { maxLength: 4 })
  .map((parts) => `"${parts.join('')}"`);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    placeholder,
    string,
    fc.constantFrom('1.0', 'null', 'true'),
    fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    fc
      .array(fc.tuple(fc.oneof(fc.constant('"k"'), string), tie('value')), { maxLength: 3 })
      .map((members) => `{${members.map(([name, member]) => `${name}: ${member}`).join(',')}}`),
  ),
}));
// Without line breaks of their own: each line of what these make is a JSON value.
const structured = fc.oneof(
  value.map(String),
  fc.array(string, { minLength: 1, maxLength: 3 }).map((lines) => lines.join('\n')),
);
const noise = fc
  .array(fc.oneof(placeholder, fc.constantFrom('"', '{', '}', '[', ']', ':', ',', '\\', ' ', 'x')), {
    minLength: 1,
  })
  .map((parts) => parts.join(''));
const inputPathsMap = {
  a: '$.detail.a',
  b: '$.detail.b',
  list: '$.detail[*]',
  object: '$.detail',
  missing: '$.x',
};

test('any template makes something, nothing or no JSON, and what is delivered is JSON', () => {
  const seen = new Set<string>();
  const run = (inputTemplate: string, paths: Record<string, string> | undefined, detail: string) => {
    const inputTransformer = { inputTemplate, inputPathsMap: paths };
    const fault = inputFault({ id: 't', inputTransformer });
    assert.ok(fault === undefined || /^(InputTemplate |Invalid InputTemplate )/.test(fault), fault);
    const input = inputOf({ inputTransformer }, eventWith(detail));
    seen.add(input.kind);
    return input.kind === 'text' ? input.text : undefined;
  };
  const paths = fc.constantFrom(inputPathsMap, undefined);
  const detail = fc.tuple(fc.jsonValue(), fc.jsonValue()).map(([a, b]) => JSON.stringify({ a, b }));
  fc.assert(
    fc.property(structured, noise, paths, detail, (template, noisy, map, text) => {
      run(noisy, map, text);
      for (const line of run(template, map, text)?.split('\n') ?? []) JSON.parse(line);
    }),
    { numRuns: 2000 },
  );
  assert.deepEqual([...seen].sort(), ['invalid', 'nothing', 'text']);
});

test('an object template that PutTargets takes makes JSON of every event, but for objects and lists in strings', () => {
  const simple = fc.oneof(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean());
  const object = value
    .map(String)
    .filter((text) => text.startsWith('{') && !/<(list|object|unknown)>/.test(text));
  let taken = 0;
  fc.assert(
    fc.property(object, simple, simple, (inputTemplate, a, b) => {
      const inputTransformer = { inputTemplate, inputPathsMap };
      if (inputFault({ id: 't', inputTransformer }) !== undefined) return;
      taken++;
      const input = inputOf({ inputTransformer }, eventWith(JSON.stringify({ a, b })));
      assert.ok(input.kind === 'text', JSON.stringify(input));
      JSON.parse(input.text);
    }),
    { numRuns: 3000 },
  );
  assert.ok(taken > 300, `only ${taken} templates were taken`);
});

test('a template that is the whole event makes the compact event', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.constantFrom(0, 1, '\t'), (detail, indent) => {
      const event = eventWith(JSON.stringify(detail, null, indent));
      const wrapped = (placeholder: string, paths?: Record<string, string>) =>
        inputOf({ inputTransformer: { inputTemplate: `{"e":${placeholder}}`, inputPathsMap: paths } }, event);
      assert.deepEqual(wrapped('<aws.events.event.json>'), text(`{"e":${compactJson(event)}}`));
      assert.deepEqual(wrapped('<e>', { e: '$' }), text(`{"e":${compactJson(event)}}`));
      assert.deepEqual(inputOf({ inputPath: '$' }, event), inputOf({}, event));
    }),
  );
});

test('values that look like placeholders are not filled in', () => {
  const inserted = fc
    .array(fc.constantFrom('<a>', '<b>', '<aws.events.rule-arn>', '<', '>', 'a'), { maxLength: 5 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(inserted, inserted, (a, b) => {
      const detail = JSON.stringify({ a, b });
      assert.deepEqual(made('"<a>-<b>"', detail), text(`"${a}-${b}"`));
      assert.deepEqual(made('{"x":<a>,"y":"<b>"}', detail), text(`{"x":"${a}","y":"${b}"}`));
    }),
  );
});
