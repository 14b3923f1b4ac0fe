/** How a text stands in YAML. */
export type ScalarStyle = 'plain' | 'single' | 'double';

/** What decides about a text's style. */
interface Features {
  readonly hasLineBreaks: boolean;
  readonly plain: boolean;
  readonly single: boolean;
}

/**
 * The plainest style in which a text reads back as the same text: plain, unless it means something else then,
 * single quotes, unless characters have to be escaped.
 */
export function scalarStyle(text: string): ScalarStyle {
  const { plain, single } = featuresOf(text);
  if (plain && !meansSomethingElse(text)) return 'plain';
  return single ? 'single' : 'double';
}

/** Whether a text fits in front of a colon; other keys begin with a question mark. */
export function isSimpleKey(text: string): boolean {
  return Buffer.byteLength(text) <= 128 && !featuresOf(text).hasLineBreaks;
}

// Line breaks of YAML; the one of 0x85 counts among those that have to be escaped.
const BREAK = /[\n\r\u0085\u2028\u2029]/;
// All else is escaped: tabs and emoji among it, for that is what the AWS CLI's emitter prints.
const PRINTABLE = /^[\n\u0020-\u007e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]*$/;
const INDICATOR_FIRST = /^[#,[\]{}&*!|>'"%@`]|^[?:-](?:[\s\0]|$)|^---|^\.\.\./;
const INDICATOR_INSIDE = /:(?:[\s\0]|$)|[\s\0]#/;

function featuresOf(text: string): Features {
  const hasLineBreaks = BREAK.test(text);
  const special = !PRINTABLE.test(text);
  const edges = /^[ \n\r\u0085\u2028\u2029]|[ \n\r\u0085\u2028\u2029]$/.test(text);
  const breakBeforeSpace = /[\n\r\u0085\u2028\u2029] /.test(text);
  const spaceBeforeBreak = / [\n\r\u0085\u2028\u2029]/.test(text);
  const indicators = INDICATOR_FIRST.test(text) || INDICATOR_INSIDE.test(text);
  return {
    hasLineBreaks,
    plain: !(hasLineBreaks || special || edges || indicators),
    single: !(special || breakBeforeSpace || spaceBeforeBreak),
  };
}

const MEANINGS: readonly RegExp[] = [
  /^(?:true|True|TRUE|false|False|FALSE)$/,
  /^(?:|~|null|Null|NULL)$/,
  /^(?:<<|=|!|&|\*)$/,
  /^(?:[-+]?0b[01_]+|[-+]?0o?[0-7_]+|[-+]?[0-9_]+|[-+]?0x[0-9a-fA-F_]+)$/,
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*[eE][-+]?[0-9]+)$/,
  /^(?:[-+]?\.[0-9_]+(?:[eE][-+][0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/,
  /^\d{4}-\d\d-\d\d$/,
  /^\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?$/,
];

// A number, a time or the like; looked for only where the first character allows it, so `_1` is a text.
function meansSomethingElse(text: string): boolean {
  return !/^_/.test(text) && MEANINGS.some((meaning) => meaning.test(text));
}
