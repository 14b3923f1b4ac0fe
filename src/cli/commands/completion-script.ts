/** All that can be completed. */
export interface Vocabulary {
  /** Commands with their options. */
  readonly commands: ReadonlyMap<string, readonly string[]>;
  /** Operations of `busbar events` with their options. */
  readonly operations: ReadonlyMap<string, readonly string[]>;
  /** Options that take one of a few values. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** Options of every command. */
  readonly globals: readonly string[];
}

/** The script with which a shell completes the command line. */
export function completionScript(shell: 'bash' | 'zsh' | 'fish', vocabulary: Vocabulary): string {
  if (shell === 'fish') return fish(vocabulary);
  return shell === 'bash' ? bash(vocabulary) : zsh(vocabulary);
}

// What stands before the word under the cursor decides: an option with choices, the command, the operation.
function bash({ commands, operations, values, globals }: Vocabulary): string {
  return `# bash completion of busbar
_busbar() {
  local cur prev command operation words word
  cur="\${COMP_WORDS[COMP_CWORD]}"
  prev="\${COMP_WORDS[COMP_CWORD-1]}"
  COMPREPLY=()
  case "$prev" in
${cases(values, (choices) => `COMPREPLY=($(compgen -W "${choices}" -- "$cur")); return`)}
  esac
  # A colon ends a word here: of file://PATH the last one is //PATH.
  if [[ $prev == : && $cur == //* ]]; then
    COMPREPLY=($(compgen -P "//" -f -- "\${cur#//}"))
    return
  fi
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    [[ $word == -* ]] && continue
    if [[ -z $command ]]; then command=$word
    elif [[ $command == events && -z $operation ]]; then operation=$word
    fi
  done
  case "$command" in
    "") words="${[...commands.keys(), '--version'].join(' ')}" ;;
    events)
      case "$operation" in
        "") words="${[...operations.keys(), 'help'].join(' ')}" ;;
${cases(operations, (options) => `words="${options}"`, '        ')}
      esac ;;
${cases(
  commands,
  (options) => `words="${options}"`,
  '    ',
  (name) => name !== 'events',
)}
  esac
  if [[ $cur == -* ]]; then words="$words ${globals.join(' ')}"
  elif [[ $command == send || $command == explain || $command == archive ]]; then
    COMPREPLY=($(compgen -f -- "$cur"))
  fi
  COMPREPLY+=($(compgen -W "$words" -- "$cur"))
}
complete -F _busbar busbar
`;
}

function zsh({ commands, operations, values, globals }: Vocabulary): string {
  return `#compdef busbar
# zsh completion of busbar
_busbar() {
  local cur prev command operation word
  local -a candidates
  cur="\${words[CURRENT]}"
  prev="\${words[CURRENT-1]}"
  case "$prev" in
${cases(values, (choices) => `compadd -- ${choices}; return`)}
  esac
  if [[ $cur == file://* ]]; then
    compset -P 'file://'
    _files
    return
  fi
  for word in "\${(@)words[2,CURRENT-1]}"; do
    [[ $word == -* ]] && continue
    if [[ -z $command ]]; then command=$word
    elif [[ $command == events && -z $operation ]]; then operation=$word
    fi
  done
  case "$command" in
    "") candidates=(${[...commands.keys(), '--version'].join(' ')}) ;;
    events)
      case "$operation" in
        "") candidates=(${[...operations.keys(), 'help'].join(' ')}) ;;
${cases(operations, (options) => `candidates=(${options})`, '        ')}
      esac ;;
${cases(
  commands,
  (options) => `candidates=(${options})`,
  '    ',
  (name) => name !== 'events',
)}
  esac
  if [[ $cur == -* ]]; then candidates+=(${globals.join(' ')})
  elif [[ $command == send || $command == explain || $command == archive ]]; then _files
  fi
  compadd -- $candidates
}
compdef _busbar busbar
`;
}

function fish({ commands, operations, values, globals }: Vocabulary): string {
  const lines = ['# fish completion of busbar', 'complete -c busbar -f'];
  const top = `-n "not __fish_seen_subcommand_from ${[...commands.keys()].join(' ')}"`;
  lines.push(`complete -c busbar ${top} -a "${[...commands.keys()].join(' ')}"`);
  const inEvents = '__fish_seen_subcommand_from events';
  const noOperation = `not __fish_seen_subcommand_from ${[...operations.keys()].join(' ')}`;
  lines.push(
    `complete -c busbar -n "${inEvents}; and ${noOperation}" -a "${[...operations.keys(), 'help'].join(' ')}"`,
  );
  for (const flag of globals) lines.push(fishOption(flag, '', values));
  for (const [name, options] of [...commands, ...operations]) {
    for (const flag of options)
      lines.push(fishOption(flag, `-n "__fish_seen_subcommand_from ${name}"`, values));
  }
  for (const name of ['send', 'explain', 'archive']) {
    lines.push(`complete -c busbar -n "__fish_seen_subcommand_from ${name}" -F`);
  }
  return `${lines.join('\n')}\n`;
}

function fishOption(flag: string, condition: string, values: Vocabulary['values']): string {
  const choices = values.get(flag);
  const parts = ['complete -c busbar', condition, `-l ${flag.slice(2)}`];
  if (choices !== undefined) parts.push(`-x -a "${choices.join(' ')}"`);
  return parts.filter((part) => part !== '').join(' ');
}

function cases(
  rows: ReadonlyMap<string, readonly string[]>,
  does: (words: string) => string,
  indent = '    ',
  isWanted: (name: string) => boolean = () => true,
): string {
  return [...rows]
    .filter(([name]) => isWanted(name))
    .map(([name, words]) => `${indent}${name}) ${does(words.join(' '))} ;;`)
    .join('\n');
}
