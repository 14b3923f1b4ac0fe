import './build-wasm.ts';
