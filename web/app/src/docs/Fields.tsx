import type { ComponentChildren } from 'preact';
import { Markdown } from '../ui/Content';
import type { Shapes } from './documents';
import { last, limits, shapeAnchor } from './documents';
import type { Parameter, Schema } from './formats';

/** A text of the documents, whose lines are only as long as a file wants them. */
export function Prose({ text }: { text: string }) {
  return <Markdown text={text.replace(/([^\n])\n(?=[^\n-])/g, '$1 ')} />;
}

/** The type of a value, with links to the shapes it names. */
export function Type({ schema, shapes }: { schema: Schema; shapes: Shapes }): ComponentChildren {
  if (schema.$ref) {
    const name = last(schema.$ref);
    return <a href={`#${shapeAnchor(shapes, name)}`}>{name}</a>;
  }
  const choices = schema.allOf ?? schema.anyOf;
  if (choices) {
    return choices.map((one, index) => (
      <span key={index}>
        {index > 0 && ' or '}
        <Type schema={one} shapes={shapes} />
      </span>
    ));
  }
  if (schema.items) {
    return (
      <>
        list of <Type schema={schema.items} shapes={shapes} />
      </>
    );
  }
  return schema.type === undefined ? 'anything' : [schema.type].flat().join(' or ');
}

function Table({ caption, children }: { caption: string; children: ComponentChildren }) {
  return (
    <div class="fields" role="group" aria-label={caption} tabIndex={0}>
      <table>
        <caption class="hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Type</th>
            <th scope="col">What it is</th>
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

/** The fields of an object, or what else a schema says. */
export function Fields({
  schema,
  shapes,
  caption,
}: {
  schema: Schema;
  shapes: Shapes;
  caption: string;
}) {
  if (!schema.properties) {
    return (
      <p>
        <code>
          <Type schema={schema} shapes={shapes} />
        </code>{' '}
        {limits(schema)}
      </p>
    );
  }
  const either = (schema.oneOf ?? []).flatMap(({ required }) => required ?? []);
  return (
    <>
      <Table caption={caption}>
        {Object.entries(schema.properties).map(([name, field]) => (
          <tr key={name}>
            <th scope="row">
              <code>{name}</code>
              {schema.required?.includes(name) || either.includes(name) ? null : (
                <small> may be absent</small>
              )}
            </th>
            <td>
              <code>
                <Type schema={field} shapes={shapes} />
              </code>
            </td>
            <td>
              {field.description && <Prose text={field.description} />}
              {limits(field) && <small>{limits(field)}</small>}
            </td>
          </tr>
        ))}
      </Table>
      {either.length > 0 && (
        <p>
          Exactly one of <code>{either.join(', ')}</code>.
        </p>
      )}
    </>
  );
}

export function Parameters({
  parameters,
  caption,
}: {
  parameters: readonly Parameter[];
  caption: string;
}) {
  return (
    <Table caption={caption}>
      {parameters.map((one) => (
        <tr key={one.name}>
          <th scope="row">
            <code>{one.name}</code> <small>{one.required ? one.in : `${one.in}, optional`}</small>
          </th>
          <td>
            <code>{[one.schema.type ?? 'string'].flat().join(' or ')}</code>
          </td>
          <td>
            <Prose text={one.description} />
            {limits(one.schema) && <small>{limits(one.schema)}</small>}
          </td>
        </tr>
      ))}
    </Table>
  );
}
