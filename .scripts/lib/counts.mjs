// Reads how many tests passed and failed from what each runner writes for machines.
import { readFileSync } from 'node:fs';

/** Of a JUnit file, as cargo-nextest writes it. */
export function junit(file) {
  const suites = /<testsuites\b[^>]*>/.exec(readFileSync(file, 'utf8'))?.[0] ?? '';
  const number = (name) => Number(new RegExp(` ${name}="(\\d+)"`).exec(suites)?.[1] ?? 0);
  const failed = number('failures') + number('errors');
  return { passed: number('tests') - failed, failed };
}

/** Of the summary lines of `cargo test`, one for each test binary. */
export function cargoTest(output) {
  const lines = output.matchAll(/^test result: .*? (\d+) passed; (\d+) failed;/gm);
  return sum([...lines].map(([, passed, failed]) => ({ passed: Number(passed), failed: Number(failed) })));
}

/** Of vitest's JSON report; a file that could not be loaded counts as one failed test. */
export function vitest(file) {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const unloaded = report.testResults.filter(
    (result) => result.status === 'failed' && result.assertionResults.length === 0,
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + unloaded.length };
}

/** Of the last line of our own runners: `N passed, N failed`. */
export function closingLine(output) {
  const last = output.trimEnd().split('\n').pop();
  const [, passed, failed] = /^(\d+) passed, (\d+) failed$/.exec(last) ?? [];
  return { passed: Number(passed ?? 0), failed: Number(failed ?? 0) };
}

/** All of them together. */
export function sum(counts) {
  return counts.reduce((all, one) => ({ passed: all.passed + one.passed, failed: all.failed + one.failed }), {
    passed: 0,
    failed: 0,
  });
}

/** Of the last lines of node's own test runner. */
export function nodeTest(output) {
  const number = (name) => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(output)?.[1] ?? 0);
  return { passed: number('pass'), failed: number('fail') };
}
