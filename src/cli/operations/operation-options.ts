import { type Operation, operations, paginators, shapeOf, structureOf } from '../../api-model/api-model.ts';
import type { CommandOption } from '../argument-parser.ts';

/** One member of an operation's input with the option that fills it. */
export interface InputMember {
  /** As on the wire. */
  readonly name: string;
  readonly shape: string;
  readonly option: CommandOption;
}

/**
 * A name of the API as the command line writes it: `EventBusName` → `event-bus-name`, `ResourceARN` →
 * `resource-arn`.
 */
export function optionName(apiName: string): string {
  return apiName
    .replace(/^(.*?)([A-Z]{2,}s)$/, (_, head: string, plural: string) => `${head}-${plural.toLowerCase()}`)
    .replace(/(.)([A-Z][a-z]+)/g, '$1-$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase();
}

/** The operation that is typed so, found without a table of all of them. */
export function operationNamed(command: string): Operation | undefined {
  const apiName = command
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
  const operation = operations.get(apiName);
  return operation !== undefined && optionName(apiName) === command ? operation : undefined;
}

/** The members of an operation's input, in the model's order; every check of them goes in this order. */
export function inputMembers(operation: Operation): readonly InputMember[] {
  const { members, required = [] } = structureOf(operation.input);
  return Object.entries(members).map(([name, shape]) => ({
    name,
    shape,
    option: {
      flag: `--${optionName(name)}`,
      key: name,
      ...optionKind(shape),
      required: required.includes(name),
    },
  }));
}

/**
 * All options that an operation takes. With `lenient` none is required: the rest of the input comes from
 * elsewhere.
 */
export function operationOptions(operation: Operation, lenient: boolean): readonly CommandOption[] {
  const members = inputMembers(operation).flatMap(({ option, shape }) => {
    const known = lenient ? { ...option, required: false } : option;
    if (shapeOf(shape).type !== 'boolean') return [known];
    return [known, { ...known, flag: option.flag.replace('--', '--no-'), bare: false, required: false }];
  });
  const paging = paginators.has(operation.name) ? PAGING_OPTIONS : [];
  return [...members, ...INPUT_OPTIONS, ...paging, SKELETON_OPTION];
}

const INPUT_OPTIONS: readonly CommandOption[] = [
  { flag: '--cli-input-json', key: 'cli-input-json', takes: 'one' },
  { flag: '--cli-input-yaml', key: 'cli-input-yaml', takes: 'one' },
];

const SKELETON_OPTION: CommandOption = {
  flag: '--generate-cli-skeleton',
  key: 'generate-cli-skeleton',
  takes: 'maybe one',
  bare: 'input',
  choices: ['input', 'output', 'yaml-input'],
};

const PAGING_OPTIONS: readonly CommandOption[] = [
  { flag: '--starting-token', key: 'starting-token', takes: 'one' },
  { flag: '--page-size', key: 'page-size', takes: 'one', integer: true },
  { flag: '--max-items', key: 'max-items', takes: 'one', integer: true },
];

function optionKind(shape: string): Pick<CommandOption, 'takes' | 'bare'> {
  const { type } = shapeOf(shape);
  if (type === 'boolean') return { takes: 'none', bare: true };
  return { takes: type === 'list' ? 'any' : 'one' };
}
