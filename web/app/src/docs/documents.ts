import { parse } from 'yaml';
import type { AsyncApi, OpenApi, Operation, Parameter, Reference, Schema } from './formats';

/** A part of an entry: a table of fields, and an example. */
export interface Part {
  readonly title: string;
  /** The name of the shape that the schema is. */
  readonly shape?: string;
  readonly schema?: Schema;
  readonly example?: unknown;
  readonly text?: string;
}

type Named = Readonly<Record<string, Schema>>;

/** A schema that is only a name, with what it names. */
function opened(schema: Schema | undefined, named: Named): { shape?: string; schema?: Schema } {
  const shape = schema?.$ref && last(schema.$ref);
  const found = shape ? named[shape] : undefined;
  return shape && found ? { shape, schema: found } : schema ? { schema } : {};
}

/** Something that has an anchor. */
export interface Entry {
  readonly anchor: string;
  readonly name: string;
  readonly badge?: string;
  readonly text: string;
  readonly parameters: readonly Parameter[];
  readonly parts: readonly Part[];
  /** Where the shapes that it names are. */
  readonly shapes: Shapes;
}

export type Shapes = 'events' | 'calls';

export interface Section {
  readonly anchor: string;
  readonly title: string;
  readonly text: string;
  readonly entries: readonly Entry[];
}

export const last = (reference: string) => reference.slice(reference.lastIndexOf('/') + 1);
export const shapeAnchor = (shapes: Shapes, name: string) => `shape-${shapes}-${name}`;

/** Reads both documents of this gateway. */
export async function load(): Promise<readonly Section[]> {
  const [events, calls] = await Promise.all(['asyncapi.yaml', 'openapi.yaml'].map(read));
  return sections(events as AsyncApi, calls as OpenApi);
}

async function read(name: string): Promise<unknown> {
  const response = await fetch(`./${name}`);
  if (!response.ok) {
    throw new Error(`${name} cannot be read: ${response.status}`);
  }
  return parse(await response.text());
}

export function sections(events: AsyncApi, calls: OpenApi): readonly Section[] {
  return [
    {
      anchor: 'emit',
      title: 'Events to emit',
      text: events.info.description,
      entries: eventsOf(events, 'receive'),
    },
    {
      anchor: 'hear',
      title: 'Events to listen to',
      text: 'What clients are told. Each has one argument.',
      entries: eventsOf(events, 'send'),
    },
    ...callsOf(calls),
    shapesOf('events', 'Shapes of events', events.components.schemas),
    shapesOf('calls', 'Shapes of calls', calls.components.schemas),
  ];
}

function eventsOf(events: AsyncApi, action: 'send' | 'receive'): readonly Entry[] {
  const message = (reference: Reference | undefined) =>
    events.components.messages[last(reference?.$ref ?? '')];
  return Object.entries(events.operations)
    .filter(([, operation]) => operation.action === action)
    .flatMap(([key, operation]) => {
      const event = message(operation.messages[0]);
      const reply = message(operation.reply?.messages[0]);
      if (!event) {
        return [];
      }
      const named = events.components.schemas;
      const parts: Part[] = [
        {
          title: 'Payload',
          ...opened(event.payload, named),
          example: event.examples[0]?.payload,
        },
      ];
      if (reply) {
        parts.push({
          title: 'Acknowledgement',
          ...opened(reply.payload.anyOf?.[0] ?? reply.payload, named),
          example: reply.examples[0]?.payload,
          ...(operation.description ? { text: operation.description } : {}),
        });
      }
      const anchor = `${action === 'send' ? 'hear' : 'emit'}-${key}`;
      return [
        { anchor, name: event.name, text: event.summary, parameters: [], parts, shapes: 'events' },
      ];
    });
}

function callsOf(calls: OpenApi): readonly Section[] {
  const all = Object.entries(calls.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      tag: operation.tags[0],
      entry: call(calls, path, method, operation),
    })),
  );
  return calls.tags.map(({ name, description }, index) => ({
    anchor: `rest-${name.toLowerCase()}`,
    title: `REST: ${name}`,
    text: index === 0 ? `${description}\n\n${calls.info.description}` : description,
    entries: all.filter(({ tag }) => tag === name).map(({ entry }) => entry),
  }));
}

function call(calls: OpenApi, path: string, method: string, operation: Operation): Entry {
  const parts: Part[] = [];
  for (const [type, content] of Object.entries(operation.requestBody?.content ?? {})) {
    parts.push({
      title: type === 'application/json' ? 'Body' : `Body: ${type}`,
      ...content,
      ...opened(content.schema, calls.components.schemas),
    });
  }
  const refusals: string[] = [];
  for (const [status, response] of Object.entries(operation.responses)) {
    if (response.$ref) {
      const failure = calls.components.responses[last(response.$ref)];
      refusals.push(`${status} ${failure?.description ?? ''}`);
    } else {
      const content = Object.values(response.content ?? {})[0];
      parts.push({
        title: `Answer ${status}`,
        ...(content ?? {}),
        ...(content?.schema ? {} : { text: response.description ?? '' }),
      });
    }
  }
  if (refusals.length > 0) {
    parts.push({ title: 'Refusals', text: refusals.map((one) => `- ${one}`).join('\n') });
  }
  const open = operation.security?.length === 0;
  return {
    anchor: `rest-${operation.operationId}`,
    name: path,
    badge: method.toUpperCase(),
    text: open ? `${operation.description} Without a token.` : operation.description,
    parameters: operation.parameters ?? [],
    parts,
    shapes: 'calls',
  };
}

function shapesOf(
  shapes: Shapes,
  title: string,
  schemas: Readonly<Record<string, Schema>>,
): Section {
  return {
    anchor: `shapes-${shapes}`,
    title,
    text: 'The objects that the above is made of.',
    entries: Object.entries(schemas).map(([name, schema]) => ({
      anchor: shapeAnchor(shapes, name),
      name,
      text: schema.description ?? '',
      parameters: [],
      parts: [{ title: '', schema }],
      shapes,
    })),
  };
}

/** The sections with what matches all words only. */
export function matching(all: readonly Section[], query: string): readonly Section[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) {
    return all;
  }
  return all
    .map((section) => ({
      ...section,
      entries: section.entries.filter((entry) => {
        const text = JSON.stringify([
          entry.badge,
          entry.name,
          entry.text,
          entry.parts,
        ]).toLowerCase();
        return words.every((word) => text.includes(word));
      }),
    }))
    .filter(({ entries }) => entries.length > 0);
}

/** What a value may be, beside its type. */
export function limits(schema: Schema): string {
  const range = (what: string, least: number | undefined, most: number | undefined) => {
    if (least === undefined && most === undefined) {
      return [];
    }
    if (most === undefined) {
      return [what && least === 1 ? 'not empty' : `at least ${least ?? 0} ${what}`.trim()];
    }
    return [`${least ?? 0} to ${most} ${what}`.trim()];
  };
  const values = schema.enum?.map((value) => JSON.stringify(value)).join(' | ');
  return [
    ...(schema.const === undefined ? [] : [`always ${JSON.stringify(schema.const)}`]),
    ...(values ? [values] : []),
    ...range('characters', schema.minLength, schema.maxLength),
    ...range('entries', schema.minItems, schema.maxItems),
    ...((schema.minimum ?? 0) === 0 && schema.maximum === undefined
      ? []
      : range('', schema.minimum, schema.maximum)),
    ...(schema.pattern && schema.format === undefined ? [`matches ${schema.pattern}`] : []),
  ].join(', ');
}
