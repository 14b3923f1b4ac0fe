import {
  describePattern,
  explain as explainMatch,
  InvalidEventError,
  InvalidPatternError,
  type Pattern,
  parsePattern,
  renderInvalidPattern,
} from '../../match/index.ts';
import type { AdminContext } from './admin-context.ts';
import { AdminError } from './admin-error.ts';
import { type AdminRequest, type AdminRoute, json } from './admin-route.ts';
import { type ExplainRequest, readExplainRequest } from './explain-request.ts';
import { nearestFirst, type PlacedRule, type RuleVerdict, rulesOf, verdictOn } from './rule-verdict.ts';

// After so many rules others have a turn.
const RULES_AT_ONCE = 16;

/** Why rules match an event, or don't; and what a pattern means. */
export const explain: AdminRoute = {
  method: 'POST',
  path: '/_busbar/explain',
  action: 'Explain',
  async answer(request, context) {
    const wanted = readExplainRequest(request, context);
    try {
      if (wanted.pattern !== undefined) return json(explainPattern(wanted.pattern, wanted));
      return json(await explainRules(wanted, request, context));
    } catch (error) {
      if (error instanceof InvalidEventError) throw new AdminError(400, error.message);
      throw error;
    }
  },
};

function explainPattern(text: string, { event }: ExplainRequest): object {
  let pattern: Pattern;
  try {
    pattern = parsePattern(text);
  } catch (error) {
    if (!(error instanceof InvalidPatternError)) throw error;
    const { message, hint } = error;
    return { valid: false, message, hint, text: renderInvalidPattern(error) };
  }
  const described = { valid: true, ...describePattern(pattern) };
  if (event === undefined) return described;
  const explanation = explainMatch(pattern, event.text);
  return { ...described, matches: explanation.matched, explanation };
}

async function explainRules(
  wanted: ExplainRequest,
  request: AdminRequest,
  { configuration }: AdminContext,
): Promise<object> {
  const { event, max } = wanted;
  if (event === undefined) {
    throw new AdminError(400, 'Give the event to explain, as event or eventId, or a pattern.');
  }
  const all = rulesOf(configuration, request.seesAllAccounts ? undefined : request.scope.account);
  const rules = chosen(all, wanted.rule);
  const verdicts: RuleVerdict[] = [];
  for (const [at, rule] of rules.entries()) {
    verdicts.push(verdictOn(rule, event));
    if (at % RULES_AT_ONCE === RULES_AT_ONCE - 1) await new Promise(setImmediate);
  }
  return {
    eventBusArn: event.busArn,
    ruleCount: verdicts.length,
    matchCount: verdicts.filter(({ matches }) => matches).length,
    rules: nearestFirst(verdicts).slice(0, max),
  };
}

/** The rules that are named so, on whatever bus; else those that users made: archives' are the service's own. */
function chosen(all: readonly PlacedRule[], name: string | undefined): readonly PlacedRule[] {
  if (name === undefined) return all.filter(({ rule }) => rule.managedBy === undefined);
  const found = all.filter(({ rule, arn }) => arn === name || rule.name === name);
  if (found.length > 0) return found;
  throw new AdminError(404, `There is no rule ${name} on any event bus.`);
}
