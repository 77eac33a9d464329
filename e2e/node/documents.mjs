// The documents for client authors, held against what is really sent: nothing else, nothing less.
import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { parse } from 'yaml';

const read = (name) => parse(readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8'));

export const asyncapi = read('asyncapi.yaml');
export const openapi = read('openapi.yaml');

/** Fields may be added in later versions, but none is sent that is not written down. */
function closed(schema) {
  if (Array.isArray(schema)) {
    return schema.map(closed);
  }
  if (schema === null || typeof schema !== 'object') {
    return schema;
  }
  const same = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return schema.type === 'object' && schema.properties ? { ...same, additionalProperties: false } : same;
}

function schemas(name, document) {
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats(ajv);
  ajv.addSchema(closed(document), name);
  const pointer = (parts) => parts.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
  const made = new Map();
  return (...parts) => {
    const where = `${name}#/${pointer(parts)}`;
    const schema = made.get(where) ?? ajv.getSchema(where);
    made.set(where, schema);
    return schema;
  };
}

const inEvents = schemas('asyncapi', asyncapi);
const inCalls = schemas('openapi', openapi);

const at = (reference, document) => reference.slice(2).split('/').reduce((part, key) => part[key], document);
const keyed = (action) =>
  new Map(
    Object.values(asyncapi.operations)
      .filter((operation) => operation.action === action)
      .map((operation) => {
        const message = at(operation.messages[0].$ref, asyncapi).$ref;
        const reply = operation.reply && at(operation.reply.messages[0].$ref, asyncapi).$ref;
        const last = (reference) => reference?.slice(reference.lastIndexOf('/') + 1);
        return [at(message, asyncapi).name, { key: last(message), answer: last(reply), codes: operation['x-error-codes'] }];
      }),
  );
const told = keyed('send');
const asked = keyed('receive');

const complain = (what, value, errors) =>
  `${what} is not what the document says: ${errors.map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`).join('; ')}: ${JSON.stringify(value)}`;

function check(what, schema, value) {
  return schema(value) ? undefined : complain(what, value, schema.errors);
}

/** What is wrong with an event that a client was told, if anything is. */
export function wrongEvent(event, args) {
  const known = told.get(event);
  if (!known) {
    return `the event ${event} is not in the document`;
  }
  const [payload, ...more] = args;
  if (more.length > 1 || more.some((offset) => typeof offset !== 'string')) {
    return `${event} has more arguments than a payload and an offset: ${JSON.stringify(args)}`;
  }
  return check(event, inEvents('components', 'messages', known.key, 'payload'), payload);
}

/** What is wrong with what a client emits, if anything is. */
export function wrongPayload(event, payload) {
  return check(event, inEvents('components', 'messages', asked.get(event).key, 'payload'), payload);
}

/** What is wrong with an acknowledgement, if anything is. Events that there are not may be asked too. */
export function wrongAnswer(event, answer) {
  const key = asked.get(event)?.answer;
  const schema = key ? inEvents('components', 'messages', key, 'payload') : inEvents('components', 'schemas', 'Failed');
  const codes = asked.get(event)?.codes ?? ['UNKNOWN_EVENT', 'UNAUTHORIZED', 'RATE_LIMITED'];
  return answer.success === false && !codes.includes(answer.error?.code)
    ? `${event} was refused with ${answer.error?.code}, which is not in the document: ${answer.error?.message}`
    : check(`the acknowledgement of ${event}`, schema, answer);
}

const templates = Object.keys(openapi.paths)
  .map((path) => [path, new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`)])
  // what is spelt out comes before what may be anything
  .sort(([one], [other]) => one.split('{').length - other.split('{').length);

/** Which call of the document this is: [path, method], if it is one. */
export function callOf(method, url) {
  const path = url.split('?')[0];
  const found = templates.find(([, pattern]) => pattern.test(path));
  const verb = method.toLowerCase();
  return found && openapi.paths[found[0]][verb] ? [found[0], verb] : undefined;
}

/** What is wrong with an answer to a REST call, if anything is. Calls that there are not may be made too. */
export function wrongReply(method, url, status, body) {
  const call = callOf(method, url);
  if (!call) {
    return status >= 400 ? undefined : `${method} ${url} answered ${status} and is not in the document`;
  }
  const [path, verb] = call;
  const response = openapi.paths[path][verb].responses[status];
  if (!response) {
    return `${method} ${path} answered ${status}, which is not in the document: ${JSON.stringify(body)}`;
  }
  const where = response.$ref ? response.$ref.slice(2).split('/') : ['paths', path, verb, 'responses', String(status)];
  const { content } = response.$ref ? at(response.$ref, openapi) : response;
  if (!content?.['application/json']) {
    return undefined;
  }
  return check(`${method} ${path} ${status}`, inCalls(...where, 'content', 'application/json', 'schema'), body);
}

/** What is wrong with the body of a call of the document, if anything is. */
export function wrongBody(verb, path, body) {
  return check(`${verb} ${path}`, inCalls('paths', path, verb, 'requestBody', 'content', 'application/json', 'schema'), body);
}
