// The counts of `npm test` are what the runners said, and never better.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { cargoTest, closingLine, junit, nodeTest, sum, vitest } from '../lib/counts.mjs';

const folder = mkdtempSync(join(tmpdir(), 'db-studio-counts-'));
after(() => rmSync(folder, { recursive: true }));

function file(text) {
  const path = join(folder, 'report');
  writeFileSync(path, text);
  return path;
}

test('nextest counts failures and errors as failed', () => {
  const report = '<testsuites name="x" tests="7" failures="2" errors="1" uuid="9"><testsuite tests="99"/>';
  assert.deepEqual(junit(file(report)), { passed: 4, failed: 3 });
});

test('an empty report of nextest counts nothing', () => {
  assert.deepEqual(junit(file('')), { passed: 0, failed: 0 });
});

test('cargo test is summed over its binaries', () => {
  const output = [
    'test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out',
    'test result: FAILED. 4 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out',
    'a test printed: test result: ok. 9 passed; 0 failed;',
  ];
  assert.deepEqual(cargoTest(output.join('\n')), { passed: 7, failed: 2 });
});

test('a vitest file that could not be loaded is a failure', () => {
  const report = {
    numPassedTests: 5,
    numFailedTests: 1,
    testResults: [
      { status: 'passed', assertionResults: [{}] },
      { status: 'failed', assertionResults: [{}] },
      { status: 'failed', assertionResults: [] },
    ],
  };
  assert.deepEqual(vitest(file(JSON.stringify(report))), { passed: 5, failed: 2 });
});

test("only the last line of a runner's output counts", () => {
  assert.deepEqual(closingLine('1 passed, 0 failed\nwords\n12 passed, 3 failed\n'), {
    passed: 12,
    failed: 3,
  });
  assert.deepEqual(closingLine('12 passed, 0 failed\nand then it died'), { passed: 0, failed: 0 });
});

test("the totals of node's own runner are found", () => {
  assert.deepEqual(nodeTest('ok 1\n# tests 5\n# pass 4\n# fail 1\n'), { passed: 4, failed: 1 });
});

test('counts are added up', () => {
  const all = sum([
    { passed: 1, failed: 0 },
    { passed: 2, failed: 3 },
  ]);
  assert.deepEqual(all, { passed: 3, failed: 3 });
});
