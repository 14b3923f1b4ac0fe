/** A shell that completions are for. */
export type Shell = 'bash' | 'zsh' | 'fish';

/** The script with which a shell asks `busbar completion candidates` for what may stand at the cursor. */
export function shellScript(shell: Shell): string {
  return SCRIPTS[shell];
}

// What the program prints: a word a line, with a tab and what it is for behind it; and `:files` or `:folders`.

// Written for bash 3.2, as macOS has it: no mapfile, no negative indexes, and compopt may be missing.
const bash = `# bash completion of busbar
_busbar() {
  local program=\${COMP_WORDS[0]/#\\~/$HOME} rest=\${COMP_LINE:0:COMP_POINT}
  local words=() word index trimmed line current cut= breaks=\${COMP_WORDBREAKS//[^:=]/}
  COMPREPLY=()
  type "$program" >/dev/null 2>&1 || program=busbar
  # Bash cuts words at colons and equals signs too: what no space parts belongs together.
  for ((index = 0; index <= COMP_CWORD; index++)); do
    word=\${COMP_WORDS[index]}
    trimmed=\${rest#"\${rest%%[![:space:]]*}"}
    if ((index == COMP_CWORD)); then word=$trimmed; fi
    if ((index > 0)) && [[ $trimmed == "$rest" && -n $rest ]]; then
      words[\${#words[@]}-1]+=$word
    else
      words+=("$word")
    fi
    rest=\${trimmed#"$word"}
  done
  current=\${words[\${#words[@]}-1]}
  # Only what is behind the last of them is replaced.
  if [[ -n $breaks && $current == *["$breaks"]* ]]; then cut=\${current%"\${current##*["$breaks"]}"}; fi
  while IFS= read -r line; do
    case $line in
      :files) _busbar_paths -f ;;
      :folders) _busbar_paths -d ;;
      *)
        line=\${line%%$'\\t'*}
        if [[ $line == "$current"* ]]; then
          COMPREPLY+=("\${line#"$cut"}")
          if [[ $line == *[/=] ]]; then compopt -o nospace 2>/dev/null; fi
        fi ;;
    esac
  done < <("$program" completion candidates -- "\${words[@]:1}" </dev/null 2>/dev/null)
}
_busbar_paths() {
  local path prefix=
  case $current in
    --*=*) prefix=\${current%%=*}= ;;
  esac
  path=\${current#"$prefix"}
  case $path in
    file://*) prefix+=file:// ;;
    fileb://*) prefix+=fileb:// ;;
  esac
  path=\${current#"$prefix"}
  if [[ -z $prefix ]]; then compopt -o filenames 2>/dev/null; fi
  while IFS= read -r line; do
    if [[ -n $prefix ]]; then
      if [[ -d \${line/#\\~/$HOME} ]]; then
        line+=/
        compopt -o nospace 2>/dev/null
      fi
      line=\${line// /\\\\ }
    fi
    line=$prefix$line
    COMPREPLY+=("\${line#"$cut"}")
  done < <(compgen "$1" -- "\${path//\\\\/}")
}
complete -F _busbar busbar
`;

const zsh = `#compdef busbar
# zsh completion of busbar
_busbar() {
  local program=\${\${(Q)words[1]}/#\\~/$HOME} line word about paths=
  local -a typed spaced unspaced
  (( $+commands[$program] )) || [[ -x $program ]] || program=busbar
  typed=(\${(Q)words[2,CURRENT-1]})
  for line in "\${(@f)$($program completion candidates -- "\${typed[@]}" "\${(Q)PREFIX}" </dev/null 2>/dev/null)}"; do
    case $line in
      '') ;;
      :files) paths=files ;;
      :folders) paths=folders ;;
      *)
        word=\${line%%$'\\t'*}
        about=\${line#*$'\\t'}
        word=\${word//:/\\\\:}
        [[ -n $about ]] && word+=":$about"
        if [[ \${line%%$'\\t'*} == *[/=] ]]; then unspaced+=("$word"); else spaced+=("$word"); fi ;;
    esac
  done
  (( \${#spaced} )) && _describe -V candidate spaced
  (( \${#unspaced} )) && _describe -V candidate unspaced -S ''
  [[ -n $paths ]] || return
  compset -P '--[a-z-]##='
  compset -P 'file(b|)://'
  if [[ $paths == folders ]]; then _files -/; else _files; fi
}
if [[ $funcstack[1] == _busbar ]]; then _busbar "$@"; else compdef _busbar busbar; fi
`;

const fish = `# fish completion of busbar
function __busbar_candidates
    set -l words (commandline -opc)
    set -l typed (commandline -ct)
    # With an open quote it can't be taken apart, and has nothing to complete.
    set -l current (string unescape -- $typed); or set current $typed
    set -l program (string replace -r '^~' $HOME -- $words[1])
    type -q -- $program; or set program busbar
    for line in ($program completion candidates -- $words[2..-1] $current </dev/null 2>/dev/null)
        switch $line
            case ':files' ':folders'
                set -l prefix (string match -r -- '^(?:--[a-z-]+=)?(?:fileb?://)?' $current)
                set -l path (string sub -s (math (string length -- "$prefix") + 1) -- $current)
                set -l found
                if test $line = ':folders'
                    set found (__fish_complete_directories $path)
                else
                    set found (__fish_complete_path $path)
                end
                for name in $found
                    echo -- $prefix$name
                end
            case '*'
                echo -- $line
        end
    end
end
complete -c busbar -f -k -a '(__busbar_candidates)'
`;

const SCRIPTS: Readonly<Record<Shell, string>> = { bash, zsh, fish };
