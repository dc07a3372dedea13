/** Figures of a measurement: printed for people, or as one line of JSON. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What is aimed at, in words; null when the figure only informs. */
  readonly goal: string | null;
  readonly pass: boolean;
}

export function printFigures(figures: readonly Figure[], asJson: boolean): void {
  const rounded = figures.map((figure) => ({ ...figure, value: Number(figure.value.toPrecision(4)) }));
  if (asJson) {
    console.log(JSON.stringify(rounded));
    return;
  }
  const width = Math.max(...rounded.map(({ name }) => name.length));
  for (const { name, value, unit, goal, pass } of rounded) {
    const aim = goal === null ? '' : `   goal ${goal}: ${pass ? 'met' : 'MISSED'}`;
    console.log(`${name.padEnd(width)}  ${String(value).padStart(9)} ${unit}${aim}`);
  }
}

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low, high] = [sorted[middle - (sorted.length % 2 === 0 ? 1 : 0)], sorted[middle]];
  return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2;
}
