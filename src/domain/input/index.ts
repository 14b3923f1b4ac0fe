/**
 * What a target receives of an event: Input, InputPath and InputTransformer, as AWS has them. Pure, so that
 * a page in a browser can show the outcome while a template is being written.
 *
 * @example
 * const target = { inputTransformer: { inputPathsMap: { n: '$.detail.n' }, inputTemplate: '"number <n>"' } };
 * inputFault({ id: 't', ...target }); // undefined: PutTargets takes it
 * targetInput(target, { event: '{"detail":{"n":1.0}}', ruleArn: 'arn:…:rule/r', ingestedAt: 0 });
 * // { kind: 'text', text: '"number 1.0"' }
 */
export { compactJson } from './compact-json.ts';
export { inputFault } from './input-fault.ts';
export { JsonSyntaxError } from './json-scanner.ts';
export type { InputSource } from './predefined-variables.ts';
export { type InputChoice, targetInput } from './target-input.ts';
