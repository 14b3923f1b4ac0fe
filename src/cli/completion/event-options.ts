import { type Operation, shapeOf } from '../../api-model/api-model.ts';
import type { CommandOption } from '../argument-parser.ts';
import { globalOptions } from '../global-options.ts';
import { globalTexts } from '../help/global-help.ts';
import { operationTexts } from '../help/operation-texts/index.ts';
import { inputMembers, operationOptions, optionName } from '../operations/operation-options.ts';
import { sharedTexts } from '../shared-options.ts';
import { type CompletedOption, choicesOf, type NameKind, TEXT, type ValueKind } from './completed-option.ts';

/** The options that every command takes. */
export function completedGlobals(): readonly CompletedOption[] {
  return globalOptions.map((option) => ({
    flag: option.flag,
    takes: option.takes,
    about: globalTexts.get(option.flag) ?? '',
    value: option.flag === '--ca-bundle' ? { kind: 'files' } : choicesIn(option),
  }));
}

/** The options of an operation of `busbar events`. */
export function completedOptions(operation: Operation): readonly CompletedOption[] {
  const name = optionName(operation.name);
  const texts = operationTexts[name]?.options ?? {};
  const shapes = new Map(inputMembers(operation).map((member) => [member.name, member.shape]));
  return operationOptions(operation, true).map((option) => {
    const shape = shapes.get(option.key);
    return {
      flag: option.flag,
      takes: option.takes,
      about: texts[option.key] ?? sharedTexts.get(option.flag) ?? '',
      value: shape === undefined ? ofInput(option) : ofMember(name, option.key, shape),
    };
  });
}

function choicesIn({ choices }: CommandOption): ValueKind {
  return choices === undefined ? TEXT : choicesOf(choices);
}

function ofInput(option: CommandOption): ValueKind {
  return option.flag.startsWith('--cli-input-') ? { kind: 'document' } : choicesIn(option);
}

function ofMember(operation: string, member: string, shapeName: string): ValueKind {
  const shape = shapeOf(shapeName);
  if (shape.type === 'string' && shape.enum !== undefined) return choicesOf(shape.enum);
  const names = NAMES[shapeName];
  // What is to be created has no name yet.
  const isNew = /^(create|start)-/.test(operation) && /^(Name|ArchiveName|ReplayName)$/.test(member);
  if (names !== undefined) return isNew ? TEXT : { kind: 'names', of: names };
  return DOCUMENTS.has(shapeName) || !PLAIN.has(shape.type) ? { kind: 'document' } : TEXT;
}

// By the names of shapes: a member called Name may be anything's.
const NAMES: Readonly<Record<string, NameKind>> = {
  EventBusName: 'event buses',
  EventBusNameOrArn: 'event buses',
  NonPartnerEventBusName: 'event buses',
  EventBusArn: 'event bus ARNs',
  RuleName: 'rules',
  TargetIdList: 'targets',
  ArchiveName: 'archives',
  ReplayName: 'replays',
  ConnectionName: 'connections',
  ConnectionArn: 'connection ARNs',
  ApiDestinationName: 'API destinations',
  EndpointName: 'endpoints',
  EventSourceName: 'event sources',
};

const DOCUMENTS: ReadonlySet<string> = new Set(['EventPattern', 'String']);
const PLAIN: ReadonlySet<string> = new Set(['string', 'integer', 'long', 'boolean', 'timestamp']);
