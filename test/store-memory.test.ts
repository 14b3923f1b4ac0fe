import { MemoryStore } from '../src/store/memory/memory-store.ts';
import { storeSuite } from './store-suite.ts';

storeSuite('the memory store', { open: async () => new MemoryStore(), durable: false });
