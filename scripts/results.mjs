// Joins what the suites left under build/ to build/test-results.json, which `dialpine prove` reads.
//   node scripts/results.mjs [check=passed|failed|skipped]…
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const git = (...words) => execFileSync('git', words, { encoding: 'utf8' }).trim();
const read = path => (existsSync(path) ? readFileSync(path, 'utf8') : '');
const readJson = path => (existsSync(path) ? JSON.parse(read(path)) : undefined);

function cppTests() {
  const suites = readJson('build/test-cpp.json')?.testsuites ?? [];
  return suites.flatMap(suite =>
    suite.testsuite.map(test => ({
      name: `cpp:${suite.name}.${test.name}`,
      outcome: test.failures ? 'failed' : test.result === 'COMPLETED' ? 'passed' : 'skipped',
    })),
  );
}

function compileFailTests() {
  const report = read('build/test-compile-fail.xml');
  return [...report.matchAll(/<testcase name="compile_fail\.([^"]+)"[^>]*status="([^"]+)"/g)].map(([, name, status]) => ({
    name: `compile_fail:${name}`,
    outcome: status === 'run' ? 'passed' : 'failed',
  }));
}

function pageTests() {
  const files = readJson('build/test-page.json')?.testResults ?? [];
  return files.flatMap(file =>
    file.assertionResults.map(test => ({
      name: `page:${test.fullName}`,
      outcome: ['passed', 'failed'].includes(test.status) ? test.status : 'skipped',
    })),
  );
}

const browserTests = () => (readJson('build/test-browser.json') ?? []).map(test => ({ ...test, name: `browser:${test.name}` }));

const checks = () =>
  process.argv.slice(2).map(word => {
    const at = word.lastIndexOf('=');
    return { name: `check:${word.slice(0, at)}`, outcome: word.slice(at + 1) };
  });

/** Mutations whose test was seen to fail, as long as the patch is the one that was tried. */
function caughtMutations() {
  const seen = { ...readJson('tests/mutations/seen.json'), ...readJson('build/mutations.json') };
  return Object.entries(seen)
    .filter(([patch, record]) => {
      const text = read(`tests/mutations/${patch}`);
      return text && createHash('sha256').update(text).digest('hex') === record.sha256;
    })
    .map(([patch, { test, commit }]) => ({ patch, test, commit }));
}

const results = {
  commit: git('rev-parse', 'HEAD'),
  is_clean: git('status', '--porcelain') === '',
  tests: [...cppTests(), ...compileFailTests(), ...pageTests(), ...browserTests(), ...checks()],
  mutations: caughtMutations(),
};
writeFileSync('build/test-results.json', JSON.stringify(results, null, 1) + '\n');
