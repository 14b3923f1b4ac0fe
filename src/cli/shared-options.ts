import { type Operation, paginators } from '../api-model/api-model.ts';

/** An option that no member of the API stands for. */
export type SharedOption = readonly [flag: string, type: string, help: string];

/** Those of an operation, beside the global ones. */
export function sharedOptions(operation: Operation): readonly SharedOption[] {
  return paginators.has(operation.name) ? [...INPUT_OPTIONS, ...PAGING_OPTIONS] : INPUT_OPTIONS;
}

const INPUT_OPTIONS: readonly SharedOption[] = [
  [
    '--cli-input-json',
    'string',
    "All options at once, as a JSON object with the API's names, or file://PATH. Options that are given beside it win. --generate-cli-skeleton prints a sample.",
  ],
  ['--cli-input-yaml', 'string', 'The same as YAML.'],
  [
    '--generate-cli-skeleton',
    'string',
    'Prints a sample and sends nothing: of the input as JSON (input, also without a value) or as YAML (yaml-input), or of the answer (output).',
  ],
];

const PAGING_OPTIONS: readonly SharedOption[] = [
  [
    '--max-items',
    'integer',
    'How many items to show in all. Where more are left, the NextToken in the answer is for --starting-token. Left out, all are shown.',
  ],
  ['--starting-token', 'string', 'Goes on where an earlier command ended: its NextToken.'],
  [
    '--page-size',
    'integer',
    'How many items to ask for in each call; all are shown all the same. Left out, it is as many as the service likes.',
  ],
];

/** What each option does that no member of the API stands for, by its flag. */
export const sharedTexts: ReadonlyMap<string, string> = new Map(
  [...INPUT_OPTIONS, ...PAGING_OPTIONS].map(([flag, , help]) => [flag, help]),
);
