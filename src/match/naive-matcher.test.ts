import { runMatchSuite } from '../../test/match-suite.ts';
import { matches } from './naive-matcher.ts';

runMatchSuite('the naive engine', matches);
