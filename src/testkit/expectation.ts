import { explain, matches, parsePattern, renderExplanation } from '../match/index.ts';
import type { TestEvent } from './events.ts';

/**
 * What an expected event looks like: an event pattern, in EventBridge's own language (`{ source: ['shop'] }`), or
 * a function of the event. An empty pattern stands for any event.
 */
export type EventMatch<E extends object> =
  | Readonly<Record<string, unknown>>
  | ((event: TestEvent<E>) => boolean);

/** Where an expected event goes: a target's ARN or id, or the name of a rule. */
export interface Destination {
  readonly to: string;
  readonly targetId: string;
  readonly rule: string;
}

/** An EventMatch, ready to be asked. */
export interface Expectation<E extends object> {
  /** As it stands in a sentence: `an event that matches {"source":["shop"]}`. */
  readonly text: string;
  matches(event: TestEvent<E>): boolean;
  /** Why it doesn't match, a line or more; undefined where only the function itself knows. */
  whyNot(event: TestEvent<E>): string | undefined;
}

/** Throws InvalidPatternError for a pattern that AWS would refuse. */
export function expectation<E extends object>(match: EventMatch<E>): Expectation<E> {
  if (typeof match === 'function') {
    return {
      text: 'an event for which the function answers true',
      matches: match,
      whyNot: () => undefined,
    };
  }
  const text = JSON.stringify(match);
  if (text === '{}') return { text: 'any event', matches: () => true, whyNot: () => undefined };
  const pattern = parsePattern(text);
  return {
    text: `an event that matches ${text}`,
    matches: (event) => matches(pattern, JSON.stringify(event)),
    whyNot: (event) => renderExplanation(explain(pattern, JSON.stringify(event))),
  };
}

/** Whether something went where it was expected to go. */
export function isAt({ to, targetId, rule }: Destination, expected: string | undefined): boolean {
  return expected === undefined || expected === to || expected === targetId || expected === rule;
}
