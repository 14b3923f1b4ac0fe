import { ownCommands } from '../commands/index.ts';
import { type CompletedOption, choicesOf, TEXT, type ValueKind } from './completed-option.ts';

/** What can follow one of Busbar's own commands. */
export interface CompletedCommand {
  readonly options: readonly CompletedOption[];
  /** The free word that comes behind those that are there already. */
  readonly word: (words: readonly string[]) => ValueKind | Promise<ValueKind>;
}

/** What can follow a command; undefined when there is none of that name. */
export async function completedCommand(name: string): Promise<CompletedCommand | undefined> {
  if (name === 'start') return { options: await startOptions(), word: () => TEXT };
  if (!Object.hasOwn(ownCommands, name)) return undefined;
  const command = await ownCommands[name]?.load();
  const options = (command?.options ?? []).map(({ name: option, value, help }) => ({
    flag: `--${option}`,
    takes: value === undefined ? ('none' as const) : ('one' as const),
    about: help,
    value: CHOICES[`${name} --${option}`] ?? KINDS[value === 'NAME' ? `--${option}` : (value ?? '')] ?? TEXT,
  }));
  const skip = options.find(({ flag }) => name === 'doctor' && flag === '--skip');
  if (skip !== undefined) skip.value = choicesOf(await checks());
  return { options, word: WORDS[name] ?? (() => TEXT) };
}

// By what help calls the value, and names by the option.
const KINDS: Readonly<Record<string, ValueKind>> = {
  FILE: { kind: 'files' },
  EVENT: { kind: 'files' },
  FOLDER: { kind: 'folders' },
  JSON: { kind: 'document' },
  ID: { kind: 'names', of: 'targets' },
  '--bus': { kind: 'names', of: 'event buses' },
  '--rule': { kind: 'names', of: 'rules' },
};

const CHOICES: Readonly<Record<string, ValueKind>> = {
  'aws --shell': choicesOf(['sh', 'bash', 'zsh', 'fish', 'powershell', 'json']),
  'replay --follow': { kind: 'names', of: 'replays' },
  'start --log': choicesOf(['info', 'warn', 'error', 'off']),
  'start --clock': choicesOf(['system', 'hand']),
};

const FILES: ValueKind = { kind: 'files' };
const ARCHIVES: ValueKind = { kind: 'names', of: 'archives' };

const WORDS: Readonly<Record<string, CompletedCommand['word']>> = {
  send: () => FILES,
  explain: (words) => (words.length === 0 || words[0] === 'pattern' ? FILES : TEXT),
  trigger: async (words) => {
    if (words.length > 0) return TEXT;
    const { fixtures } = await import('../fixtures/index.ts');
    return choicesOf(fixtures.map(({ name }) => name));
  },
  replay: (words) => (words.length === 0 ? ARCHIVES : TEXT),
  archive: (words) => {
    if (words.length === 0) return choicesOf(['export', 'import']);
    return words.length === 1 ? ARCHIVES : FILES;
  },
  completion: (words) => (words.length === 0 ? choicesOf(['bash', 'zsh', 'fish']) : TEXT),
};

async function startOptions(): Promise<readonly CompletedOption[]> {
  const { settings } = await import('../../config.ts');
  return Object.values(settings).flatMap((setting) => {
    if (!('flag' in setting)) return [];
    const value = 'value' in setting ? setting.value : undefined;
    return [
      {
        flag: `--${setting.flag}`,
        takes: value === undefined ? ('none' as const) : ('one' as const),
        about: setting.help.replaceAll('`', ''),
        value: CHOICES[`start --${setting.flag}`] ?? KINDS_OF_SETTINGS[value ?? ''] ?? TEXT,
      },
    ];
  });
}

const KINDS_OF_SETTINGS: Readonly<Record<string, ValueKind>> = {
  FILE: { kind: 'files' },
  FOLDER: { kind: 'folders' },
  FOLDERS: { kind: 'folders' },
  COMMANDS: { kind: 'files' },
};

async function checks(): Promise<readonly string[]> {
  const { CHECKS } = await import('../doctor/finding.ts');
  return Object.keys(CHECKS);
}
