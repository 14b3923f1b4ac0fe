import type { Style } from '../terminal/style.ts';
import { wrapped } from '../terminal/wrap.ts';
import type {
  ExplainedEvent,
  ExplainedField,
  ExplainedPattern,
  ExplainedRule,
  Explanation,
} from './explanation.ts';

/** How explanations are written. */
export interface ExplanationStyle {
  readonly style: Style;
  readonly width: number;
}

/** Every rule with each leaf of its pattern: the value found, and the verdict. */
export function explainedEventText(answer: ExplainedEvent, options: ExplanationStyle): string {
  const { ruleCount, matchCount, rules, eventBusArn } = answer;
  const place = eventBusArn === undefined ? '' : ` on ${lastPart(eventBusArn)}`;
  const head = `${matchCount} of ${ruleCount} ${ruleCount === 1 ? 'rule matches' : 'rules match'}${place}.\n`;
  const left = ruleCount - rules.length;
  const more = left > 0 ? `\n${left.toLocaleString('en')} more rules, further away, are not shown.\n` : '';
  return head + rules.map((rule) => `\n${ruleText(rule, options)}`).join('') + more;
}

/** A pattern in words: what it means, what it costs, what can never match. */
export function explainedPatternText(answer: ExplainedPattern, { style, width }: ExplanationStyle): string {
  if (!answer.valid) {
    const hint = answer.hint === undefined ? '' : `${answer.hint}\n`;
    return `${style('bad', 'Not a valid pattern.')} ${answer.message ?? ''}\n${hint}`;
  }
  const { text = '', complexity, complexityLimit, canMatch, contradictions = [] } = answer;
  const lines = [
    `${wrapped(text, width)}\n`,
    ...(complexity === undefined ? [] : [`\nComplexity: ${complexity} of ${complexityLimit}.\n`]),
    ...(canMatch === false ? [`\n${style('bad', 'It can never match:')}\n`] : []),
    ...contradictions.map(({ path, reason, hint }) =>
      indented(`${path}: ${reason}${hint === undefined ? '' : ` ${hint}`}`, 2, width),
    ),
  ];
  if (answer.explanation !== undefined) {
    lines.push(
      `\n${answer.matches === true ? style('good', 'The event matches.') : style('bad', 'The event does not match.')}\n`,
    );
    lines.push(fieldsText(answer.explanation, { style, width }));
  }
  return lines.join('');
}

function ruleText(rule: ExplainedRule, { style, width }: ExplanationStyle): string {
  const { ruleName, eventBusArn, matches, obstacles, explanation } = rule;
  const mark = matches ? style('good', '✓') : style('bad', '✗');
  const name = `${mark} ${style('bold', ruleName)} ${style('dim', `on ${lastPart(eventBusArn)}`)}\n`;
  // What the pattern lacks is told leaf by leaf below.
  const told = obstacles.filter(({ kind }) => kind !== 'pattern' || explanation === undefined);
  const reasons = told.map(({ reason }) => indented(reason, 4, width));
  const conflict =
    explanation?.conflict === undefined
      ? ''
      : indented('Every field holds, but not in the same element of an array.', 4, width);
  return (
    name +
    reasons.join('') +
    conflict +
    (explanation === undefined ? '' : fieldsText(explanation, { style, width }))
  );
}

function fieldsText({ fields }: Explanation, options: ExplanationStyle): string {
  const failed = fields.filter(({ verdict }) => verdict !== 'holds');
  const held = fields.filter(({ verdict }) => verdict === 'holds');
  return [...failed, ...held].map((field) => fieldText(field, options)).join('');
}

function fieldText({ path, verdict, reason }: ExplainedField, { style, width }: ExplanationStyle): string {
  const holds = verdict === 'holds';
  const lines = wrapped(`${path}: ${reason}`, width - 6).split('\n');
  const [first = '', ...more] = lines;
  const mark = holds ? style('good', '✓') : style('bad', '✗');
  const shown = first.startsWith(`${path}:`) ? `${style('name', path)}${first.slice(path.length)}` : first;
  return [`    ${mark} ${shown}`, ...more.map((text) => `      ${text}`)].map((text) => `${text}\n`).join('');
}

function indented(text: string, spaces: number, width: number): string {
  const indent = ' '.repeat(spaces);
  return wrapped(text, width - spaces)
    .split('\n')
    .map((one) => `${indent}${one}\n`)
    .join('');
}

function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
