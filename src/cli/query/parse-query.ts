import { pythonRepr, pythonText } from '../python-text.ts';
import { type Comparison, CURRENT, type Expression, type Slice } from './expression.ts';
import { QueryError } from './query-error.ts';
import { strengthOf } from './strength.ts';
import { type Token, type TokenKind, tokenize } from './token.ts';

/**
 * Reads a JMESPath expression. Throws QueryError with the message that the AWS CLI shows.
 * AWS page: https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-filter.html
 */
export function parseQuery(text: string): Expression {
  return new QueryParser(text).whole();
}

// Whatever binds less ends a projection.
const ENDS_PROJECTION = 10;
const NAMES: readonly TokenKind[] = ['quoted_identifier', 'unquoted_identifier'];

class QueryParser {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #index = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokenize(text);
  }

  whole(): Expression {
    const expression = this.#expression(0);
    const token = this.#token();
    if (token.kind === 'eof') return expression;
    throw this.#wrong(token, `Unexpected token: ${pythonText(token.value)}`);
  }

  #expression(strength: number): Expression {
    let left = this.#start(this.#advance());
    while (strength < strengthOf(this.#token().kind)) left = this.#continued(left, this.#advance());
    return left;
  }

  #start(token: Token): Expression {
    switch (token.kind) {
      case 'literal':
        return { kind: 'literal', value: token.value };
      case 'unquoted_identifier':
        return { kind: 'field', name: String(token.value) };
      case 'quoted_identifier':
        return this.#quotedField(token);
      case 'current':
        return CURRENT;
      case 'star':
        return this.#values(CURRENT, this.#token().kind === 'rbracket' ? CURRENT : this.#each('star'));
      case 'filter':
        return this.#filter(CURRENT);
      case 'flatten':
        return this.#flattened(CURRENT);
      case 'lbrace':
        return this.#object();
      case 'lbracket':
        return this.#bracket();
      case 'not':
        return { kind: 'not', operand: this.#expression(strengthOf('not')) };
      case 'expref':
        return { kind: 'reference', expression: this.#expression(0) };
      case 'lparen':
        return this.#parenthesis();
      case 'eof':
        throw this.#incomplete();
      default:
        throw this.#wrong(token, 'invalid token');
    }
  }

  #continued(left: Expression, token: Token): Expression {
    switch (token.kind) {
      case 'dot':
        if (this.#token().kind !== 'star') {
          return { kind: 'chain', first: left, second: this.#afterDot(strengthOf(token.kind)) };
        }
        this.#advance();
        return this.#values(left, this.#each('dot'));
      case 'pipe':
        return { kind: 'chain', first: left, second: this.#expression(strengthOf(token.kind)) };
      case 'or':
      case 'and':
        return { kind: token.kind, left, right: this.#expression(strengthOf(token.kind)) };
      case 'eq':
      case 'ne':
      case 'gt':
      case 'gte':
      case 'lt':
      case 'lte':
        return this.#comparison(left, token.kind);
      case 'flatten':
        return this.#flattened(left);
      case 'filter':
        return this.#filter(left);
      case 'lbracket':
        return this.#indexed(left);
      case 'lparen':
        return this.#call(left);
      default:
        throw this.#wrong(token, 'invalid token');
    }
  }

  #quotedField(token: Token): Expression {
    const next = this.#token();
    if (next.kind === 'lparen') {
      throw this.#wrong({ ...next, start: 0 }, 'Quoted identifier not allowed for function names.');
    }
    return { kind: 'field', name: String(token.value) };
  }

  #parenthesis(): Expression {
    const expression = this.#expression(0);
    this.#expect('rparen');
    return expression;
  }

  #comparison(left: Expression, operator: Comparison['operator']): Expression {
    return { kind: 'comparison', operator, left, right: this.#expression(strengthOf(operator)) };
  }

  #values(base: Expression, each: Expression): Expression {
    return { kind: 'projection', over: 'values', base, each };
  }

  #items(base: Expression, each: Expression): Expression {
    return { kind: 'projection', over: 'items', base, each };
  }

  #flattened(list: Expression): Expression {
    return this.#items({ kind: 'flatten', list }, this.#each('flatten'));
  }

  #filter(base: Expression): Expression {
    const condition = this.#expression(0);
    this.#expect('rbracket');
    const each = this.#token().kind === 'flatten' ? CURRENT : this.#each('filter');
    return { kind: 'projection', over: 'items', base, each, condition };
  }

  // Behind a bracket that begins an expression: an index, a slice, all items, or a list of expressions.
  #bracket(): Expression {
    const { kind } = this.#token();
    if (kind === 'number' || kind === 'colon') return this.#indexOrSlice(CURRENT);
    if (kind !== 'star' || this.#token(1).kind !== 'rbracket') return this.#list();
    this.#index += 2;
    return this.#items(CURRENT, this.#each('star'));
  }

  #indexed(left: Expression): Expression {
    const { kind } = this.#token();
    if (kind === 'number' || kind === 'colon') return this.#indexOrSlice(left);
    this.#expect('star');
    this.#expect('rbracket');
    return this.#items(left, this.#each('star'));
  }

  #indexOrSlice(list: Expression): Expression {
    if (this.#token().kind === 'colon' || this.#token(1).kind === 'colon') {
      const part: Expression = { kind: 'chain', first: list, second: this.#slice() };
      // Behind an index the AWS CLI's slices are plain lists: `Rules[0][0:2].Name` finds nothing.
      return isIndexed(list) ? part : this.#items(part, this.#each('star'));
    }
    const index = Number(this.#advance().value);
    this.#expect('rbracket');
    return { kind: 'chain', first: list, second: { kind: 'index', index } };
  }

  #slice(): Slice {
    const parts: (number | undefined)[] = [];
    let part = 0;
    for (let token = this.#token(); token.kind !== 'rbracket'; token = this.#token()) {
      if (token.kind === 'colon') part += 1;
      else if (token.kind === 'number') parts[part] = Number(token.value);
      if ((token.kind !== 'colon' && token.kind !== 'number') || part === 3) {
        throw this.#wrong(token, 'syntax error');
      }
      this.#advance();
    }
    this.#expect('rbracket');
    return { kind: 'slice', start: parts[0], stop: parts[1], step: parts[2] };
  }

  #list(): Expression {
    const items = [this.#expression(0)];
    while (this.#token().kind !== 'rbracket') {
      this.#expect('comma');
      items.push(this.#expression(0));
    }
    this.#expect('rbracket');
    return { kind: 'list', items };
  }

  // The comma between members may be missing: so it is in the AWS CLI.
  #object(): Expression {
    const members: (readonly [string, Expression])[] = [];
    for (;;) {
      const name = this.#token();
      if (!NAMES.includes(name.kind)) throw this.#expected(pythonRepr(NAMES), name);
      this.#advance();
      this.#expect('colon');
      members.push([String(name.value), this.#expression(0)]);
      if (this.#token().kind === 'comma') {
        this.#advance();
      } else if (this.#token().kind === 'rbrace') {
        this.#advance();
        return { kind: 'object', members };
      }
    }
  }

  #call(left: Expression): Expression {
    if (left.kind !== 'field') {
      const before = this.#token(-2);
      throw this.#wrong(before, `Invalid function name '${pythonText(before.value)}'`);
    }
    const args: Expression[] = [];
    while (this.#token().kind !== 'rparen') {
      args.push(this.#expression(0));
      if (this.#token().kind === 'comma') this.#advance();
    }
    this.#advance();
    return { kind: 'call', name: left.name, args };
  }

  // What a projection does with each of its items.
  #each(after: TokenKind): Expression {
    const token = this.#token();
    const strength = strengthOf(after);
    if (strengthOf(token.kind) < ENDS_PROJECTION) return CURRENT;
    if (token.kind === 'lbracket' || token.kind === 'filter') return this.#expression(strength);
    if (token.kind !== 'dot') throw this.#wrong(token, 'syntax error');
    this.#advance();
    return this.#afterDot(strength);
  }

  #afterDot(strength: number): Expression {
    const token = this.#token();
    if (NAMES.includes(token.kind) || token.kind === 'star') return this.#expression(strength);
    if (token.kind !== 'lbracket' && token.kind !== 'lbrace') {
      const allowed = pythonRepr([...NAMES, 'lbracket', 'lbrace']);
      throw this.#wrong(token, `Expecting: ${allowed}, got: ${token.kind}`);
    }
    this.#advance();
    return token.kind === 'lbracket' ? this.#list() : this.#object();
  }

  #token(ahead = 0): Token {
    return this.#tokens[this.#index + ahead] ?? { kind: 'eof', value: '', start: this.#tokens.length };
  }

  #advance(): Token {
    const token = this.#token();
    this.#index += 1;
    return token;
  }

  #expect(kind: TokenKind): void {
    const token = this.#advance();
    if (token.kind !== kind) throw this.#expected(kind, token);
  }

  #expected(what: string, token: Token): QueryError {
    if (token.kind === 'eof') return this.#incomplete();
    return this.#wrong(token, `Expecting: ${what}, got: ${token.kind}`);
  }

  #incomplete(): QueryError {
    const mark = ' '.repeat([...this.#text].length + 1);
    return new QueryError(`Invalid jmespath expression: Incomplete expression:\n"${this.#text}"\n${mark}^`);
  }

  #wrong({ kind, value, start }: Token, why: string): QueryError {
    const token = `token "${pythonText(value)}" (${kind.toUpperCase()})`;
    return new QueryError(
      `${why}: Parse error at column ${start}, ${token}, for expression:\n"${this.#text}"\n` +
        `${' '.repeat(start + 1)}^`,
    );
  }
}

function isIndexed(expression: Expression): boolean {
  return expression.kind === 'chain' && ['index', 'slice'].includes(expression.second.kind);
}
