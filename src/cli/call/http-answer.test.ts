import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type HttpAnswer, HttpAnswerError, HttpAnswerReader } from './http-answer.ts';

// The text in pieces of every size: where the network cuts it must not matter.
function read(text: string): HttpAnswer {
  const bytes = Buffer.from(text);
  const answers = [1, 2, 3, 7, bytes.length].map((size) => {
    const reader = new HttpAnswerReader();
    for (let start = 0; start < bytes.length; start += size) {
      const answer = reader.push(bytes.subarray(start, start + size));
      if (answer !== undefined) return answer;
    }
    return reader.close();
  });
  const [first] = answers;
  assert.ok(first !== undefined);
  for (const answer of answers) assert.deepEqual(answer, first);
  return first;
}

test('a body of a known length, in UTF-8', () => {
  assert.deepEqual(read('HTTP/1.1 200 OK\r\nContent-Length: 4\r\nX-Amzn-ErrorType:  a:b \r\n\r\nüé'), {
    status: 200,
    headers: { 'content-length': '4', 'x-amzn-errortype': 'a:b' },
    body: 'üé',
  });
  assert.equal(read('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n').body, '');
});

test('a body in chunks', () => {
  const body = '4\r\n{"a"\r\nA;x=y\r\n:123456789\r\n1\r\n}\r\n0\r\n\r\n';
  assert.equal(read(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${body}`).body, '{"a":123456789}');
});

test('a body until the connection ends, a status without text, no body at all', () => {
  assert.equal(read('HTTP/1.0 503\r\n\r\n<html>busy').body, '<html>busy');
  assert.equal(read('HTTP/1.1 204 No Content\r\n\r\n').body, '');
});

test('what comes before the answer is passed over', () => {
  const { status, body } = read(
    'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}',
  );
  assert.deepEqual({ status, body }, { status: 200, body: '{}' });
});

test('what is cut short or no HTTP is an error', () => {
  const wrong = [
    '',
    'HTTP/1.1 200 OK\r\n',
    'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{}',
    'HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n{}',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{}',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n',
    'SSH-2.0-OpenSSH_9.2\r\n\r\n',
  ];
  for (const text of wrong) assert.throws(() => read(text), HttpAnswerError, JSON.stringify(text));
});
