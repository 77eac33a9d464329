// A program that talks in lines, as the samples of the guides do.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const PATIENCE_MS = 60_000;

export class Terminal {
  /** All lines so far. */
  lines = [];
  /** What went wrong in it. */
  errors = '';
  #child;
  #ended;
  #waiting = new Set();

  constructor(t, [program, ...args], options) {
    this.#child = spawn(program, args, { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
    this.#child.stdin.on('error', () => {});
    this.#child.stderr.on('data', (text) => (this.errors += text));
    createInterface({ input: this.#child.stdout }).on('line', (line) => {
      this.lines.push(line);
      this.#waiting.forEach((look) => look());
    });
    this.#ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#ended.then(() => this.#waiting.forEach((look) => look()));
    t.after(() => this.#child.kill('SIGKILL'));
  }

  type(...lines) {
    this.#child.stdin.write(lines.map((line) => `${line}\n`).join(''));
  }

  /** The messages that were shown. */
  transcript() {
    return this.lines.filter((line) => /^\d+ /.test(line));
  }

  /** Resolves when a claim about what was printed holds. */
  until(what, claim) {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (claim(this)) {
          done(resolve);
        } else if (this.#child.exitCode !== null) {
          done(reject);
        }
      };
      const done = (settle) => {
        clearTimeout(timer);
        this.#waiting.delete(look);
        settle(new Error(`not seen: ${what}; it printed\n${this.lines.join('\n')}\n${this.errors}`));
      };
      const timer = setTimeout(() => done(reject), PATIENCE_MS);
      this.#waiting.add(look);
      look();
    });
  }

  /** Resolves to the exit code. */
  end() {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`it does not end; it printed\n${this.lines.join('\n')}`)), PATIENCE_MS);
      this.#ended.then((code) => {
        clearTimeout(timer);
        resolve(code);
      });
    });
  }

  /** Resolves when a line that begins like this was printed, after the first `from` lines. */
  line(begin, from = 0) {
    return this.until(begin, () => this.lines.slice(from).some((line) => line.startsWith(begin)));
  }
}
