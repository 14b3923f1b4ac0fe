import type { TokenKind } from './token.ts';

const STRENGTH: Readonly<Partial<Record<TokenKind, number>>> = {
  pipe: 1,
  or: 2,
  and: 3,
  eq: 5,
  gt: 5,
  lt: 5,
  gte: 5,
  lte: 5,
  ne: 5,
  flatten: 9,
  star: 20,
  filter: 21,
  dot: 40,
  not: 45,
  lbrace: 50,
  lbracket: 55,
  lparen: 60,
};

/** How strongly a token binds what stands before it; most of them bind nothing, which is 0. */
export function strengthOf(kind: TokenKind): number {
  return STRENGTH[kind] ?? 0;
}
