import type { Command } from './command.ts';

/** One row of the program's help, and where the command is. Each is loaded only when it is called. */
export interface CommandEntry {
  readonly about: string;
  readonly load: () => Promise<Command>;
}

/** Busbar's own commands, in the order of the program's help. */
export const ownCommands: Readonly<Record<string, CommandEntry>> = {
  send: {
    about: 'send many events, from files or standard input',
    load: async () => (await import('./send.ts')).send,
  },
  tail: {
    about: 'show the events of a bus as they come',
    load: async () => (await import('./tail.ts')).tail,
  },
  explain: {
    about: 'tell why rules match an event, or do not',
    load: async () => (await import('./explain.ts')).explain,
  },
  expect: {
    about: 'wait for an event that matches a pattern',
    load: async () => (await import('./expect.ts')).expect,
  },
  listen: {
    about: 'send the events of a bus on by HTTP',
    load: async () => (await import('./listen.ts')).listen,
  },
  trigger: {
    about: 'send an event such as AWS services send',
    load: async () => (await import('./trigger.ts')).trigger,
  },
  status: {
    about: 'what the bus is, has configured, owes and gave up',
    load: async () => (await import('./status.ts')).status,
  },
  redrive: {
    about: 'list deliveries that failed, and send them again',
    load: async () => (await import('./redrive.ts')).redrive,
  },
  replay: {
    about: 'publish events of an archive again',
    load: async () => (await import('./replay.ts')).replay,
  },
  archive: {
    about: 'bring events out of archives, and into them',
    load: async () => (await import('./archive.ts')).archive,
  },
  doctor: {
    about: 'look for what goes wrong sooner or later',
    load: async () => (await import('./doctor.ts')).doctor,
  },
  aws: {
    about: 'print what points SDKs and the AWS CLI here',
    load: async () => (await import('./aws.ts')).aws,
  },
  completion: {
    about: 'print completions for bash, zsh or fish',
    load: async () => (await import('./completion.ts')).completion,
  },
};
