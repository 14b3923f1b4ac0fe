import assert from 'node:assert/strict';
import { execFile, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { type BundledBusbar, bundledBusbar } from './bundled-busbar.ts';
import { folder, run } from './cli-run.ts';
import { startTestBus } from './running-bus.ts';

// The scripts are read by the shells themselves, which complete lines with them, beside a bus that knows names.
const runs = promisify(execFile);
const isWindows = process.platform === 'win32';
const ARN = 'arn:aws:events:us-east-1:000000000000';
let busbar: BundledBusbar | undefined;

before(async () => {
  if (!isWindows) busbar = await bundledBusbar();
});
after(() => busbar?.remove());

// What is typed, and the words that fit there.
const OFFERED: readonly (readonly [typed: string, words: readonly string[]])[] = [
  ['busbar ev', ['events']],
  ['busbar --region us-east-1 ev', ['events']],
  ['busbar events put-r', ['put-rule']],
  ['busbar events --output json put-r', ['put-rule']],
  ['busbar events put-rule --st', ['--state']],
  [
    'busbar events put-rule --state ',
    ['ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'],
  ],
  ['busbar events list-replays --state RU', ['RUNNING']],
  ['busbar events list-replays --state=RU', ['--state=RUNNING']],
  ['busbar events list-rules --output ya', ['yaml', 'yaml-stream']],
  [`busbar events put-rule --event-pattern '{"a": ["b c"]}' --na`, ['--name']],
  ['busbar events put-events --entries f', ['file://']],
  ['busbar events put-events --entries file://', ['file://event.json', 'file://my own.json', 'file://sub/']],
  ['busbar events put-events --entries file://sub/de', ['file://sub/deep.json']],
  ['busbar events put-events --entries=file://ev', ['--entries=file://event.json']],
  ['busbar send ev', ['event.json']],
  ['busbar send my\\ o', ['my own.json']],
  ['busbar events put-events --entries file://my\\ o', ['file://my own.json']],
  ['busbar send --dry', ['--dry-run']],
  ['busbar start --data ', ['sub/']],
  ['busbar start --log o', ['off']],
  ['busbar completion z', ['zsh']],
  ['busbar trigger s3-object-c', ['s3-object-created']],
  ['busbar events describe-rule --name ', ['orders', 'refunds']],
  ['busbar events describe-rule --event-bus-name shop --name ', ['shipped']],
  ['busbar events remove-targets --rule orders --ids ', ['web']],
  ['busbar tail --bus ', ['default', 'shop']],
  [`busbar events create-archive --event-source-arn ${ARN}:event-bus/s`, [`${ARN}:event-bus/shop`]],
  ['busbar nope ', []],
];

test('bash completes', { skip: missing('bash') }, async (t) => {
  const { cwd, env } = await surroundings(t, 'bash');
  const offered = await offeredInBash(
    OFFERED.map(([typed]) => typed),
    { cwd, env },
  );
  for (const [index, [typed, words]] of OFFERED.entries()) {
    // What stands before the last colon or equals sign of a word stays as it is.
    const shown = words.map((word) => wordBehind(word, typed));
    assert.deepEqual(withoutSlashes(offered[index]), withoutSlashes(shown), typed);
  }
});

test('bash completes in a terminal', { skip: missing('bash') || withoutTerminals() }, async (t) => {
  const { cwd, env } = await surroundings(t, 'bash');
  const lines = await pressedInBash(
    OFFERED.map(([typed]) => typed),
    { t, cwd, env },
  );
  for (const [index, [typed, words]] of OFFERED.entries()) {
    checkLine(unescaped(lines[index] ?? ''), typed, words);
  }
});

test('zsh completes', { skip: missing('zsh') }, async (t) => {
  const { cwd, env } = await surroundings(t, 'zsh');
  const answers = await pressedInZsh(
    OFFERED.map(([typed]) => typed),
    { script: '../script', cwd, env },
  );
  for (const [index, [typed, words]] of OFFERED.entries()) {
    const { offered = [], line = '' } = answers[index] ?? {};
    const shown = words.map((word) => word.replace(/^(--[a-z-]+=)?file:\/\/(sub\/)?(?=.)/, ''));
    assert.deepEqual(withoutSlashes([...new Set(offered)]), withoutSlashes(shown), typed);
    checkLine(line, typed, words);
  }
});

test('zsh finds the script on its path of functions, too', { skip: missing('zsh') }, async (t) => {
  const { cwd, env } = await surroundings(t, 'zsh');
  const { stdout } = await run(['completion', 'zsh']);
  mkdirSync(join(cwd, '..', 'functions'));
  writeFileSync(join(cwd, '..', 'functions', '_busbar'), stdout);
  const answers = await pressedInZsh(['busbar ev', 'busbar events put-r'], {
    script: '/dev/null',
    cwd,
    env: { ...env, FPATH_FIRST: join(cwd, '..', 'functions') },
  });
  assert.deepEqual(answers, [
    { offered: ['events'], line: 'busbar events ' },
    { offered: ['put-rule'], line: 'busbar events put-rule ' },
  ]);
});

test('fish completes', { skip: missing('fish') }, async (t) => {
  const { cwd, env } = await surroundings(t, 'fish');
  for (const [typed, words] of OFFERED) {
    const line = typed.replaceAll("'", "\\'");
    const { stdout } = await runs('fish', ['-N', '-c', `source ../script; complete -C '${line}'`], {
      cwd,
      env,
    });
    const offered = stdout.split('\n').flatMap((text) => (text === '' ? [] : [text.split('\t')[0] ?? '']));
    assert.deepEqual(offered.toSorted(), words.toSorted(), typed);
  }
});

test('there is no script for another shell', async () => {
  assert.equal((await run(['completion', 'tcsh'])).code, 252);
  assert.equal((await run(['completion'])).code, 252);
  assert.equal((await run(['completion', 'bash', 'zsh'])).code, 252);
});

function missing(shell: string): string | false {
  if (isWindows) return 'programs of Windows are other files than these shells run';
  try {
    execFileSync(shell, ['-c', 'exit 0']);
    return false;
  } catch {
    return `${shell} is not installed`;
  }
}

// What gives a program a terminal has other options on other systems.
function withoutTerminals(): string | false {
  if (process.platform !== 'linux') return 'only on Linux';
  try {
    execFileSync('script', ['--version']);
    return false;
  } catch {
    return 'script of util-linux is not installed';
  }
}

// Where one word fits, the line has it now.
function checkLine(line: string, typed: string, words: readonly string[]): void {
  const [word = ''] = words;
  if (words.length !== 1) return;
  const before = unescaped(typed.replace(/(\\ |\S)*$/, ''));
  assert.equal(line.trimEnd(), before + word, typed);
  // Where more may come, the cursor stays at the word.
  assert.equal(line.endsWith(' '), !/[/=]$/.test(word), typed);
}

// A folder with the script beside it, and a bus.
async function surroundings(
  t: TestContext,
  shell: string,
): Promise<{ readonly cwd: string; readonly env: NodeJS.ProcessEnv }> {
  const { stdout } = await run(['completion', shell]);
  const above = folder({ script: stdout });
  const cwd = join(above, 'work');
  mkdirSync(join(cwd, 'sub'), { recursive: true });
  writeFileSync(join(cwd, 'event.json'), '{}');
  writeFileSync(join(cwd, 'my own.json'), '{}');
  writeFileSync(join(cwd, 'sub', 'deep.json'), '{}');
  const bus = await startTestBus(t);
  const call = (operation: string, input: object) =>
    bus.call(operation, input, { account: '000000000000', region: 'us-east-1' });
  const EventPattern = '{"source":["a"]}';
  await call('CreateEventBus', { Name: 'shop' });
  await call('PutRule', { Name: 'orders', EventPattern });
  await call('PutRule', { Name: 'refunds', EventPattern });
  await call('PutRule', { Name: 'shipped', EventPattern, EventBusName: 'shop' });
  await call('PutTargets', { Rule: 'orders', Targets: [{ Id: 'web', Arn: 'http://localhost:3000/' }] });
  const env = { PATH: busbar?.path, HOME: above, TERM: 'dumb', LC_ALL: 'C', BUSBAR_ENDPOINT_URL: bus.url };
  return { cwd, env };
}

// Bash hands a line to completions in words, which it cuts at colons and equals signs too.
async function offeredInBash(
  lines: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<readonly (readonly string[])[]> {
  const asked = lines.map((line) => {
    const words: string[] = line.match(/'[^']*'|[:=]+|(?:\\.|[^\s:='"\\])+/g) ?? [];
    if (line.endsWith(' ')) words.push('');
    const quoted = words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
    return `COMP_LINE='${line.replaceAll("'", "'\\''")}'; COMP_POINT=\${#COMP_LINE}
COMP_WORDS=(${quoted}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
_busbar; printf '%s\\n' "\${COMPREPLY[@]}"; echo END`;
  });
  const { stdout } = await runs('bash', ['-c', `source ../script\n${asked.join('\n')}`], options);
  return stdout.split('END\n').map((text) =>
    text
      .split('\n')
      .filter((word) => word !== '')
      .map(unescaped),
  );
}

// A bash in a terminal of its own is sent each line and a key, and tells what became of the line.
async function pressedInBash(
  lines: readonly string[],
  { t, cwd, env }: { readonly t: TestContext; readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<readonly string[]> {
  const shell = spawn('script', ['-qfec', 'bash --norc --noprofile -i', '/dev/null'], { cwd, env });
  t.after(() => shell.kill());
  const output = shell.stdout.setEncoding('utf8')[Symbol.asyncIterator]();
  let seen = '';
  const told = async () => {
    for (;;) {
      const found = /<<([^<>]*)>>.*?<prompt>/s.exec(seen);
      if (found !== null) {
        seen = seen.slice(found.index + found[0].length);
        return found[1] ?? '';
      }
      const { value, done } = await output.next();
      if (done === true) throw new Error(`bash ended: ${seen}`);
      seen += value;
    }
  };
  shell.stdin.write(`${SETUP_OF_BASH}\n`);
  assert.equal(await told(), 'ready');
  const completed: string[] = [];
  for (const line of lines) {
    shell.stdin.write(`${line}\t\x0f`);
    completed.push(await told());
  }
  shell.stdin.end('exit\n');
  while ((await output.next()).done !== true);
  return completed;
}

const SETUP_OF_BASH = [
  "bind 'set enable-bracketed-paste off'; bind 'set completion-query-items 0'; bind 'set page-completions off'",
  'source ../script',
  `PS1='<''prompt>'`,
  'tell() { printf "<""<%s>>" "$READLINE_LINE"; READLINE_LINE=; READLINE_POINT=0; }',
  `bind -x '"\\C-o": tell'`,
  'echo "<""<ready>>"',
].join('; ');

function wordBehind(word: string, typed: string): string {
  const current = /(\\ |\S)*$/.exec(typed)?.[0] ?? '';
  return word.slice(current.search(/[^:=]*$/));
}

// Spaces are behind backslashes where they belong to a word.
function unescaped(text: string): string {
  return text.replaceAll('\\ ', ' ');
}

// Slashes behind folders are bash's own affair where it completes names of files.
function withoutSlashes(words: readonly string[] = []): readonly string[] {
  return words.map((word) => word.replace(/(?<=[^/])\/$/, '')).toSorted();
}

async function pressedInZsh(
  lines: readonly string[],
  { script, cwd, env }: { readonly script: string; readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<readonly { readonly offered: readonly string[]; readonly line: string }[]> {
  const { stdout } = await runs('zsh', ['-f', '-c', PRESS_IN_ZSH, 'zsh', script, ...lines], { cwd, env });
  return [...stdout.matchAll(/<<([^<>]*)>><<([^<>]*)>>/g)].map(([, offered = '', line = '']) => ({
    offered: offered
      .split('|')
      .filter((word) => word !== '')
      .map(unescaped),
    line: unescaped(line),
  }));
}

// A zsh in a terminal of its own is sent each line and a key, and tells what it offered and what became of the line.
const PRESS_IN_ZSH = `
zmodload zsh/zpty
zpty z "zsh -f -i"
zpty -w z "unsetopt zle_bracketed_paste; PS1=; RPS1=; stty cols 200 rows 200; fpath=(\\$FPATH_FIRST \\$fpath); autoload -Uz compinit; compinit -u -D; source \${(q)1}; typeset -a offered
compadd() { local -a found; if [[ \\\${@[1,(i)(-|--)]} != *-(O|A|D)* ]]; then builtin compadd -A found \\"\\$@\\"; offered+=(\\$found); fi; builtin compadd \\"\\$@\\" }
press() { offered=(); zle complete-word; print -r -- \\"<<\\\${(j:|:)offered}>><<\\$BUFFER>>\\" > /dev/tty; BUFFER= }
zle -N press; bindkey '^O' press; LISTMAX=10000; print -r -- \\"<<\\"ready\\">>\\""
zpty -r z out '*<<ready>>*'
shift
for line in "$@"; do
  zpty -w -n z "$line"$'\\x0f'
  zpty -r z out $'*<<*>><<*>>*'
  print -r -- "$out"
done
zpty -d z
`;
