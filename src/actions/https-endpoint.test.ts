import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isHttpsEndpoint } from './https-endpoint.ts';

test('HTTPS anywhere, HTTP on this machine only', () => {
  for (const endpoint of [
    'https://example.com/api',
    'https://example.com/*/items?x=*',
    'https://10.0.0.1:8443',
    'http://localhost:3000/hook',
    'http://api.localhost/',
    'http://127.0.0.1:1/',
    'http://127.1.2.3/',
  ]) {
    assert.ok(isHttpsEndpoint(endpoint), endpoint);
  }
  for (const endpoint of [
    'http://example.com/api',
    'http://localhost.example.com/',
    'http://127.0.0.1.example.com/',
    'http://10.0.0.1/',
    'http://0.0.0.0/',
    'ftp://localhost/',
    'file:///etc/passwd',
    'invalid-endpoint',
    'https://',
    'https://user:password@example.com/',
    'https://*.example.com/',
    'http://localhost@example.com/',
  ]) {
    assert.ok(!isHttpsEndpoint(endpoint), endpoint);
  }
});
