import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ARCHIVE_SERVICE,
  archiveOfRule,
  archiveServiceArn,
  archiveStatus,
  isArchiveService,
} from './archive.ts';
import type { Rule } from './rule.ts';

const rule: Rule = {
  name: 'Events-Archive-a',
  busName: 'default',
  state: 'ENABLED',
  managedBy: ARCHIVE_SERVICE,
  createdBy: '111111111111',
  tags: [],
  targets: [{ id: 'Events-Archive-a', arn: archiveServiceArn('eu-central-1') }],
};
const disabled = {
  state: 'DISABLED',
  stateReason: 'Managed rule for the archive was forcefully deleted.',
};

test('the archive service is told from every resource', () => {
  assert.equal(isArchiveService(archiveServiceArn('us-gov-west-1')), true);
  for (const arn of [
    'arn:aws:events:us-east-1:111111111111:event-bus/b',
    'arn:aws:events:us-east-1::event-bus/b',
    'arn:aws:events::::',
    'arn:aws:sqs:us-east-1:::',
    'http://127.0.0.1/?arn:aws:events:us-east-1:::',
  ]) {
    assert.equal(isArchiveService(arn), false, arn);
  }
});

test('an archive is enabled as long as its rule and the target of that are there', () => {
  assert.deepEqual(archiveStatus(rule), { state: 'ENABLED' });
  assert.deepEqual(archiveStatus(undefined), disabled);
  assert.deepEqual(archiveStatus({ ...rule, targets: [] }), disabled);
});

test("somebody's own rule of the same name is no archive's rule", () => {
  assert.deepEqual(archiveStatus({ ...rule, managedBy: undefined }), disabled);
});

test('a rule works for the archive that its name holds', () => {
  assert.equal(archiveOfRule(rule), 'a');
  assert.equal(archiveOfRule({ ...rule, targets: [] }), undefined);
  assert.equal(archiveOfRule({ ...rule, managedBy: 'somebody' }), undefined);
  assert.equal(archiveOfRule({ ...rule, name: 'Events-Archive' }), undefined);
});
