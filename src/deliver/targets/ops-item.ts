import type { CreateOpsItemCommandInput, OpsItemDataValue } from '@aws-sdk/client-ssm';
import { isMembers, type Members, membersOf, textOf, UnusableInputError } from './input-members.ts';

const DESCRIPTION_CHARACTERS = 2048;
const TITLE_CHARACTERS = 1024;
const SOURCE_CHARACTERS = 128;

/**
 * The OpsItem that an input describes (`title`, `description`, `source`, `category`, `severity`, `priority`,
 * `notifications`, `resources`, `operationalData`), or that stands for an event as it is. Throws UnusableInputError
 * for what is neither.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/OpsCenter-automatically-create-OpsItems-2.html
 */
export function opsItemOf(input: string): CreateOpsItemCommandInput {
  const members = membersOf(input);
  const detailType = members['detail-type'];
  const title = optionalText(members, 'title') ?? (typeof detailType === 'string' ? detailType : undefined);
  const source = optionalText(members, 'source');
  if (title === undefined || source === undefined) {
    throw new UnusableInputError('An OpsItem needs a title and a source.');
  }
  const data = operationalData(members);
  const priority = members['priority'];
  return {
    Title: title.slice(0, TITLE_CHARACTERS),
    // Systems Manager does not take AWS's own names for sources.
    Source: source.replace(/^aws\./, '').slice(0, SOURCE_CHARACTERS),
    Description: (optionalText(members, 'description') ?? input).slice(0, DESCRIPTION_CHARACTERS),
    Category: optionalText(members, 'category'),
    Severity: optionalText(members, 'severity'),
    Priority: priority === undefined ? undefined : Number(priority),
    Notifications: list(members, 'notifications').map(({ arn }) => ({ Arn: textOf(arn, 'notifications') })),
    OperationalData: Object.keys(data).length === 0 ? undefined : data,
  };
}

function operationalData(members: Members): Record<string, OpsItemDataValue> {
  const given = members['operationalData'] ?? {};
  if (!isMembers(given)) throw new UnusableInputError('operationalData is not a JSON object.');
  const entries = Object.entries(given).map(([name, value]): [string, OpsItemDataValue] => {
    if (!isMembers(value)) throw new UnusableInputError(`operationalData.${name} is not a JSON object.`);
    const text = typeof value['value'] === 'string' ? value['value'] : JSON.stringify(value['value'] ?? '');
    const type = value['type'] === 'SearchableString' ? 'SearchableString' : 'String';
    return [name, { Value: text, Type: type }];
  });
  const { resources } = members;
  if (Array.isArray(resources) && resources.length > 0) {
    const arns = resources.map((arn) => ({ arn: textOf(arn, 'resources') }));
    entries.push(['/aws/resources', { Value: JSON.stringify(arns), Type: 'SearchableString' }]);
  }
  return Object.fromEntries(entries);
}

function optionalText(members: Members, name: string): string | undefined {
  const value = members[name];
  return value === undefined ? undefined : textOf(value, name);
}

function list(members: Members, name: string): readonly Members[] {
  const value = members[name];
  return Array.isArray(value) ? value.filter(isMembers) : [];
}
