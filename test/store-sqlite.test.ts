import { openSqliteStore } from '../src/store/sqlite/sqlite-store.ts';
import { storeSuite } from './store-suite.ts';

storeSuite('the SQLite store', { open: openSqliteStore, durable: true });
