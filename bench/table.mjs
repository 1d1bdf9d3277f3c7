/** One table of figures, each beside its limit. */
const count = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

export const units = {
  ms: value => (value < 10 ? `${value.toFixed(2)} ms` : `${count.format(value)} ms`),
  perSecond: value => `${count.format(value)} /s`,
  megabytes: value => `${(value / 1e6).toFixed(1)} MB`,
  kilobytes: value => `${(value / 1e3).toFixed(1)} kB`,
};

/** A goal that a figure has to stay under or to reach; `ratio` is held against the ratio instead. */
export const under = (most, unit) => ({ text: `< ${unit(most)}`, holds: row => row.figure < most });
export const atLeast = (least, unit) => ({ text: `≥ ${unit(least)}`, holds: row => row.figure >= least });
export const ratioAtLeast = least => ({ text: `ratio ≥ ${least}`, holds: row => row.ratio >= least });
export const both = (a, b) => ({ text: `${a.text}, ${b.text}`, holds: row => a.holds(row) && b.holds(row) });

function cells({ what, figure, unit, limit, limitUnit = unit, limitName, ratio, goal, instead }) {
  if (figure === undefined) return [what, instead, '', '', goal?.text ?? '', ''];
  const row = { figure, ratio };
  return [
    what,
    unit(figure),
    limit === undefined ? '' : `${limitUnit(limit)} (${limitName})`,
    ratio === undefined ? '' : ratio.toPrecision(2),
    goal?.text ?? '',
    goal ? (goal.holds(row) ? 'yes' : 'NO') : '',
  ];
}

/** In Markdown, aligned, so that it reads the same on a terminal and in a document. */
export function toTable(rows) {
  const head = ['figure', 'measured', 'limit in the same run', 'ratio', 'goal', 'met'];
  const lines = [head, ...rows.map(cells)];
  const widths = head.map((_, i) => Math.max(...lines.map(line => line[i].length)));
  const print = line => `| ${line.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`;
  return [print(head), `|${widths.map(width => '-'.repeat(width + 2)).join('|')}|`, ...lines.slice(1).map(print)].join('\n');
}
