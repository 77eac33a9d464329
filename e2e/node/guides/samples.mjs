// How the samples of the guides are started. They are copied first, beside what they import.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export const SAMPLES = here('../../../docs/guides/samples/');
const COPIES = here('../../target/guides/');

/** A copy of a sample's folder that finds the packages of these tests; the folder's name. */
export function copied(name) {
  const folder = `${COPIES}${name}/`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(`${SAMPLES}${name}`, folder, { recursive: true });
  symlinkSync(here('../node_modules'), `${folder}node_modules`);
  return folder;
}

/** A Python that has what the sample needs, installed once. */
function python() {
  const folder = `${COPIES}venv`;
  const run = `${folder}/bin/python`;
  if (!existsSync(`${folder}/complete`)) {
    rmSync(folder, { recursive: true, force: true });
    execFileSync('python3', ['-m', 'venv', folder], { stdio: 'pipe' });
    const requirements = `${SAMPLES}python/requirements.txt`;
    execFileSync(run, ['-m', 'pip', 'install', '--quiet', '--requirement', requirements], { stdio: 'pipe' });
    mkdirSync(`${folder}/complete`);
  }
  return run;
}

/** Why Python's sample cannot be run here. */
export class NoPython extends Error {
  constructor(cause) {
    super(`left out: python3 with venv and pip is needed, and ${String(cause.stderr || cause.message).trim()}`, { cause });
  }
}

/** The command line of the sample in each language, without its arguments. */
export const commands = {
  javascript: () => ['node', `${copied('javascript')}terminal.mjs`],
  java: () => {
    const { CHATTERBOX_JAVA: java, CHATTERBOX_CLASSPATH: classpath } = process.env;
    return [java, '--source', '17', '-cp', classpath, `${copied('java')}Terminal.java`];
  },
  python: () => {
    const folder = copied('python');
    try {
      return [python(), `${folder}terminal.py`];
    } catch (error) {
      throw new NoPython(error);
    }
  },
};
