import assert from 'node:assert/strict';
import { test } from 'node:test';
import { operationsByCommand } from '../operations/operations-by-command.ts';
import { indentedJson } from '../output/output-json.ts';
import { parseYaml } from './cli-input-yaml.ts';
import { inputSkeleton } from './skeleton.ts';
import { yamlInputSkeleton } from './skeleton-yaml.ts';

test('the sample of every operation reads back as the JSON one does', async () => {
  for (const [name, { input }] of operationsByCommand) {
    const yaml = await parseYaml(
      yamlInputSkeleton(input, { random: () => 0.99, sentence: () => 'What: it\'s "#".' }),
    );
    const json = indentedJson(inputSkeleton(input, () => 0.99)).replaceAll(
      '1970-01-01T00:00:00',
      '1970-01-01 00:00:00',
    );
    assert.equal(indentedJson(yaml), json, name);
  }
});

test('comments: what is required, what it means, and which values there are', () => {
  assert.equal(
    yamlInputSkeleton('PutEventsRequest', { random: () => 0, sentence: () => '' }),
    `Entries:  # [REQUIRED]
- Time: 1970-01-01 00:00:00
  Source: ''
  Resources:
  - ''
  DetailType: ''
  Detail: ''
  EventBusName: ''
  TraceHeader: ''
EndpointId: ''
`,
  );
  const rule = yamlInputSkeleton('PutRuleRequest', {
    random: () => 0,
    sentence: (structure, member) => `The ${member} of ${structure}.`,
  });
  assert.match(rule, /^Name: '' {2}# \[REQUIRED\] The Name of PutRuleRequest\.\n/);
  assert.match(
    rule,
    /^State: ENABLED {2}# The State of PutRuleRequest\. Valid values are: ENABLED, DISABLED, [A-Z_]+\.\n/m,
  );
  assert.match(rule, /^- Key: '' {2}# \[REQUIRED\] The Key of Tag\.\n/m);
});
