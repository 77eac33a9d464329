import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { History } from './history';

export interface Line {
  /** Its name in the history. */
  name: string;
  label: string;
}

const HEIGHT = 150;
/** So that what is nothing is a line at the bottom, below whole numbers. */
const LEAST = 4;
const COLOURS = ['--plot-1', '--plot-2', '--plot-3', '--plot-4', '--plot-5', '--plot-6'];
const dark = window.matchMedia('(prefers-color-scheme: dark)');

/** A few lines over the last minutes. What they are now stands beside them in words. */
export function Plot({
  title,
  lines,
  history,
  at,
  say,
}: {
  title: string;
  lines: readonly Line[];
  history: History;
  /** The time of the last picture, with which it is drawn anew. */
  at: string;
  say: (value: number | null) => string;
}) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  const names = lines.map(({ name }) => name).join('\n');

  useEffect(() => {
    const place = box.current;
    if (!place) {
      return undefined;
    }
    const draw = () => {
      plot.current?.destroy();
      plot.current = made(place, names.split('\n'), history, say);
    };
    draw();
    const resized = new ResizeObserver(() => {
      plot.current?.setSize({ width: place.clientWidth, height: HEIGHT });
    });
    resized.observe(place);
    dark.addEventListener('change', draw);
    return () => {
      resized.disconnect();
      dark.removeEventListener('change', draw);
      plot.current?.destroy();
    };
  }, [names, history, say]);

  useEffect(() => {
    plot.current?.setData(data(names.split('\n'), history));
  }, [at, names, history]);

  const now = lines.map(({ name, label }) => ({ label, value: say(history.last(name)) }));
  return (
    <figure class="plot">
      <figcaption>
        <h3>{title}</h3>
        <ul>
          {now.map(({ label, value }, i) => (
            <li key={label}>
              <span class={`swatch line-${i % COLOURS.length}`} aria-hidden="true" />
              {label} <strong>{value}</strong>
            </li>
          ))}
        </ul>
      </figcaption>
      <div ref={box} class="canvas" role="img" aria-label={`${title}, the last five minutes`} />
    </figure>
  );
}

function data(names: readonly string[], history: History): uPlot.AlignedData {
  return [history.times.slice(), ...names.map((name) => history.of(name))];
}

function made(
  place: HTMLElement,
  names: readonly string[],
  history: History,
  say: (value: number | null) => string,
): uPlot {
  const style = getComputedStyle(place);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const axis: uPlot.Axis = {
    stroke: colour('--soft'),
    font: `11px ${style.fontFamily}`,
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { show: false },
  };
  return new uPlot(
    {
      width: place.clientWidth,
      height: HEIGHT,
      legend: { show: false },
      cursor: { show: false },
      scales: { y: { range: (_, __, most) => [0, Math.max(most * 1.1, LEAST)] } },
      axes: [
        { ...axis, space: 70 },
        { ...axis, size: 62, space: 32, values: (_, ticks) => ticks.map((tick) => say(tick)) },
      ],
      series: [
        {},
        ...names.map((_, i) => ({
          stroke: colour(COLOURS[i % COLOURS.length] ?? '--accent'),
          width: 1.6,
          points: { show: false },
        })),
      ],
    },
    data(names, history),
    place,
  );
}
