/** Texts of options that mean the same in several operations. Those who write only one have it beside the operation. */

export const BUS_OF_RULE =
  'The event bus that the rule belongs to, by name or ARN. Left out, it is the default event bus.';

export const BUS_OF_POLICY =
  'The event bus whose policy it is, by name. Left out, it is the default event bus.';

export const NAME_PREFIX = 'Only those whose name begins with this text. Left out, all of them.';

export const NEXT_TOKEN =
  'The NextToken of the answer before: the list goes on behind it. Left out, the list begins at its start.';

export const LIMIT =
  'How many items the answer has at most; where more are left it has a NextToken. Left out, Busbar answers up to 100.';

export const NEXT_TOKEN_PAGED = `${NEXT_TOKEN} With it one call is made, where otherwise all pages are fetched; --starting-token fetches the pages from there on.`;

export const LIMIT_PAGED =
  'How many items the answer to a single call has at most. With it one call is made, where otherwise all pages are fetched: --max-items and --page-size go on fetching.';

export const KMS_KEY =
  'The key of AWS KMS to encrypt with, by id, alias or ARN. Left out, AWS uses a key of its own. Busbar keeps and shows it, and encrypts nothing with it.';

export const KMS_KEY_CHANGED = `${KMS_KEY.replace('Left out, AWS uses a key of its own.', 'Left out, it stays as it is; an empty text goes back to a key of AWS.')}`;

export const DESCRIPTION = 'What it is for, for people. Left out, there is none.';

export const DESCRIPTION_CHANGED =
  'What it is for, for people. Left out, it stays as it is; an empty text takes it away.';

export const TAGS =
  'Labels of a key and a value each, 50 at most. Of the same key twice, the last one counts. Left out, there are none.';

export const FORCE_MANAGED =
  'Also for a managed rule, one that a service made for itself, as an archive does. Without it such a rule is left alone and the command fails. What the service does may suffer: an archive without its rule gets no more events.';
