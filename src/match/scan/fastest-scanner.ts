import { PlainScanner } from './plain-scanner.ts';
import type { Scanner } from './scanner.ts';
import { SimdScanner } from './simd-scanner.ts';

let fastest: Scanner | undefined;

/**
 * The fastest scanner that the platform has. All matchers share it: what a scan finds is used up before the
 * next one begins, and its memory is needed once.
 */
export function fastestScanner(): Scanner {
  fastest ??= chooseScanner();
  return fastest;
}

function chooseScanner(): Scanner {
  const plain = new PlainScanner();
  try {
    return new SimdScanner(plain);
  } catch {
    // No WebAssembly, none with vectors, or a page that forbids to compile any.
    return plain;
  }
}
